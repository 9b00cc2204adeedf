using System.Text.Encodings.Web;
using System.Text.Json;

namespace Lem.Core.Results.Exports;

/// <summary>One result per line, whole.</summary>
public static class JsonLines
{
    public static void Write(TextWriter writer, IReadOnlyList<ExperimentResult> results)
    {
        var compact = new ResultsJson(new JsonSerializerOptions(ResultsJson.Default.Options)
        {
            WriteIndented = false,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        });
        foreach (var result in results)
        {
            writer.Write(JsonSerializer.Serialize(result, compact.ExperimentResult));
            writer.Write('\n');
        }
    }
}
