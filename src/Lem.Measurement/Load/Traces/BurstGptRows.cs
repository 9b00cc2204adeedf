using System.Globalization;

namespace Lem.Measurement.Load.Traces;

/// <summary>
/// Rows of BurstGPT (HPMLL/BurstGPT): <c>Timestamp,Model,Request tokens,Response tokens,Total tokens,Log Type</c>, later releases with more columns.
/// Times are seconds since the first day began; a failed request has no response tokens.
/// </summary>
sealed class BurstGptRows(CsvColumns columns)
{
    // A year; the trace has four months.
    const decimal MaxSeconds = 366 * 86_400;

    readonly int _time = columns.IndexOf("Timestamp");
    readonly int _input = columns.IndexOf("Request tokens");
    readonly int _output = columns.IndexOf("Response tokens");

    public TraceRow Parse(string line)
    {
        var fields = columns.Split(line);
        if (!decimal.TryParse(fields[_time], NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) || seconds is < 0 or > MaxSeconds)
            throw new FormatException($"Timestamp must be seconds of 0 to {MaxSeconds}, but is '{CsvColumns.Shown(fields[_time])}'");
        return new(new((long)(seconds * TimeSpan.TicksPerSecond)), columns.Tokens(fields, _input), columns.Tokens(fields, _output));
    }
}
