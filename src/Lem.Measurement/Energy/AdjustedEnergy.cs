using System.Text.Json.Nodes;
using Lem.Core.Results;
using Lem.Core.Units;

namespace Lem.Measurement.Energy;

/// <summary>Energy above idle: E − P·t over the measured window only. Not clipped: a negative value stands, with a finding where its uncertainty does not explain it.</summary>
/// <param name="Energy">Null with <paramref name="Reason"/>.</param>
/// <param name="Uncertainty">Half of the 95 % interval: Var = Var(E) + t²·Var(P̄).</param>
public sealed record AdjustedEnergy(Joules? Energy, Joules? Uncertainty, string? Reason, IReadOnlyList<Finding> Findings)
{
    const double MaxDrift = 0.10;

    public static AdjustedEnergy Of(DomainEnergy gross, IdlePower? idle, TimeSpan window)
    {
        if (gross.Channel.Method is EnergyMethod.Estimated)
            return new AdjustedEnergy(null, null, IdlePower.EstimatedReason, []);
        if (gross.Energy is not { } energy)
            return new AdjustedEnergy(null, null, gross.Reason, []);
        if (idle?.Mean is not { } power)
            return new AdjustedEnergy(null, null, idle?.Reason ?? "no_baseline", []);

        var adjusted = energy - (power * window);
        var deviation = (gross.Uncertainty?.Value ?? 0) / 2;
        var variance = (deviation * deviation) + (window.TotalSeconds * window.TotalSeconds * (idle.VarianceOfMean ?? 0));
        var uncertainty = new Joules(2 * Math.Sqrt(variance));
        return new AdjustedEnergy(
            adjusted,
            uncertainty,
            null,
            adjusted + uncertainty < Joules.Zero ? [Negative(gross.Channel, adjusted)] : []);
    }

    /// <summary>A finding where idle power before and after differ by more than a tenth; null where they do not, or one is unknown.</summary>
    public static Finding? Drift(IdlePower? before, IdlePower? after)
    {
        if (before?.Mean is not { } first || after?.Mean is not { } last || Math.Abs((last - first).Value) <= MaxDrift * Math.Abs(first.Value))
            return null;
        return new Finding(
            "idle_drift",
            FindingSeverity.Warning,
            FormattableString.Invariant($"{before.Channel.Device}: idle power was {first.Value:0.0} W before the run and {last.Value:0.0} W after it"),
            Hint: "Let the device warm up or cool down before measuring; adjusted energy is uncertain by the difference.",
            Data: new JsonObject { ["device"] = before.Channel.Device, ["before_w"] = first.Value, ["after_w"] = last.Value });
    }

    static Finding Negative(EnergyChannel channel, Joules adjusted) => new(
        "adjusted_energy_negative",
        FindingSeverity.Warning,
        FormattableString.Invariant($"{channel.Device}: less energy was used than idle power alone explains ({adjusted.Value:0.##} J): the baseline was too high"),
        Hint: "Something else ran during the baseline, or the window is too short.",
        Data: new JsonObject { ["device"] = channel.Device, ["adjusted_j"] = adjusted.Value });
}
