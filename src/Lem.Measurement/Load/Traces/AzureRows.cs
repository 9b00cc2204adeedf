using System.Globalization;

namespace Lem.Measurement.Load.Traces;

/// <summary>
/// Rows of the Azure LLM inference traces (Azure/AzurePublicDataset): <c>TIMESTAMP,ContextTokens,GeneratedTokens</c>, times with up to seven
/// digits of a second, those of 2024 with an offset from UTC.
/// </summary>
sealed class AzureRows(CsvColumns columns)
{
    static readonly string[] Times =
    [
        "yyyy-MM-dd HH:mm:ss.FFFFFFF", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd HH:mm:ss.FFFFFFFzzz", "yyyy-MM-dd HH:mm:sszzz",
    ];

    readonly int _time = columns.IndexOf("TIMESTAMP");
    readonly int _input = columns.IndexOf("ContextTokens");
    readonly int _output = columns.IndexOf("GeneratedTokens");

    public TraceRow Parse(string line)
    {
        var fields = columns.Split(line);
        if (!DateTimeOffset.TryParseExact(fields[_time].Trim(), Times, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
            throw new FormatException($"TIMESTAMP must be as 2023-11-16 18:15:46.6805900, but is '{CsvColumns.Shown(fields[_time])}'");
        return new(time - DateTimeOffset.UnixEpoch, columns.Tokens(fields, _input), columns.Tokens(fields, _output));
    }
}
