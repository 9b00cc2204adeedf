using System.Text.Json;
using Lem.Core.Results;

namespace Lem.Reporting.Exports;

/// <summary>Whole results, unchanged, as one JSON list or one line each.</summary>
public static class JsonExport
{
    static readonly JsonSerializerOptions OneLine = new(ResultsJson.Readable.Options) { WriteIndented = false };
    static readonly ResultsJson Compact = new(OneLine);

    public static void WriteList(TextWriter output, IEnumerable<ExperimentResult> results)
    {
        var separator = "[\n";
        foreach (var result in results)
        {
            output.Write(separator);
            output.Write(JsonSerializer.Serialize(result, ResultsJson.Readable.ExperimentResult));
            separator = ",\n";
        }

        output.Write(separator == "[\n" ? "[]\n" : "\n]\n");
    }

    public static void WriteLines(TextWriter output, IEnumerable<ExperimentResult> results)
    {
        foreach (var result in results)
        {
            output.Write(JsonSerializer.Serialize(result, Compact.ExperimentResult));
            output.Write('\n');
        }
    }
}
