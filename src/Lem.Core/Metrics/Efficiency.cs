using Lem.Core.Units;

namespace Lem.Core.Metrics;

/// <summary>Efficiency formulas. Each is null where one of its parts is unknown, or where it would divide by nothing.</summary>
public static class Efficiency
{
    /// <summary>Energy ÷ tokens (or requests).</summary>
    public static double? JoulesPer(Joules? energy, long count) => count > 0 ? energy?.Value / count : null;

    /// <summary>Tokens ÷ energy.</summary>
    public static double? TokensPerJoule(long tokens, Joules? energy) => energy is { Value: > 0 } joules ? tokens / joules.Value : null;

    /// <summary>Count ÷ seconds.</summary>
    public static double? Rate(double? count, double? seconds) => seconds is > 0 ? count / seconds : null;

    /// <summary>Mean power ÷ rate: watts for each token per second. The window cancels: joules per token by another name.</summary>
    public static double? WattsPerTokenPerSecond(Watts? power, double? tokensPerSecond) => tokensPerSecond is > 0 ? power?.Value / tokensPerSecond : null;

    /// <summary>FLOP per joule.</summary>
    public static double? FlopsPerJoule(double? flops, Joules? energy) => energy is { Value: > 0 } joules ? flops / joules.Value : null;

    /// <summary>Output tokens per second × output tokens per joule × precision factor.</summary>
    public static double? TokenEfficiencyIndex(double? outputTokensPerSecond, double? outputTokensPerJoule, double? precisionFactor) =>
        outputTokensPerSecond * outputTokensPerJoule * precisionFactor;

    /// <summary>
    /// What a token at this compute precision counts in the efficiency index. Weights that are unpacked before the multiplication compute
    /// at the unpacked precision. Null for a precision this table does not know.
    /// </summary>
    public static double? PrecisionFactor(string? computePrecision) => computePrecision switch
    {
        "fp32" or "tf32" or "fp16" or "bf16" => 1,
        "mixed" => 0.75,
        "fp8" or "int8" => 0.5,
        "int4" => 0.25,
        _ => null,
    };

    /// <summary>Kilograms of CO₂: kWh × PUE × grams per kWh ÷ 1000.</summary>
    public static double? EmissionsKg(Joules? energy, double? gramsPerKwh, double pue) => energy?.KilowattHours * pue * gramsPerKwh / 1000;
}
