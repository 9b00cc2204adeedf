using System.Security.Cryptography;
using System.Text.Json;

namespace Lem.Core.Results.Migration;

/// <summary>A JSON file that an older tool may have written: what it is, by which tool, and what it says.</summary>
/// <param name="Name">Its path below the folder that is migrated, for people and for the record.</param>
/// <param name="Schema">Its schema_version; null where it has none.</param>
sealed record OldFile(string Name, string Sha256, OldKind Kind, OldForm Form, string? Schema, OldDocument Content)
{
    const int DeepestNesting = 64;

    public MigrationSource Source => new(Name, Sha256);

    /// <summary>Reads a file, whoever may have written or damaged it.</summary>
    /// <exception cref="LemException">It is torn, or of a tool or version that this lem does not know.</exception>
    public static OldFile Parse(byte[] bytes, string name) => Guard(name, () =>
    {
        // Nothing later on may stumble over a text that is none.
        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = DeepestNesting });
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName)
                reader.GetString();
        }

        var content = new OldDocument(JsonElement.Parse(bytes, new JsonDocumentOptions { MaxDepth = DeepestNesting, AllowDuplicateProperties = false }));
        var kind = KindOf(content, name);
        var schema = kind is OldKind.Other or OldKind.Ours ? null : content.Text("schema_version");
        return new OldFile(name, Convert.ToHexStringLower(SHA256.HashData(bytes)), kind, FormOf(kind, schema, name), schema, content);
    });

    /// <summary>Reads something out of files; what is wrong with them becomes the machine's failure, named.</summary>
    public static T Guard<T>(string name, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (JsonException e)
        {
            throw Damaged(name, e.Message, e);
        }
        catch (InvalidOperationException e)
        {
            // Invalid UTF-8 inside a text.
            throw Damaged(name, e.Message, e);
        }
    }

    static LemException Damaged(string name, string message, Exception cause) =>
        new($"{name}: {message}", "The file is torn or was edited; the others are migrated without it.", cause);

    static OldKind KindOf(OldDocument content, string name)
    {
        if (content.Text("producer") is { } producer)
        {
            return producer == ExperimentResult.Lem
                ? OldKind.Ours
                : throw new LemException($"{name}: written by {producer}, which lem does not know", "lem migrates the results of its own predecessors only.");
        }

        if (!content.Has("schema_version"))
            return OldKind.Other;
        return content.Has("measurement_methodology") || (content.Has("engine") && content.Has("total_energy_j")) ? OldKind.Llem
            : content.Has("process_index") && content.Has("inference_metrics") ? OldKind.Process
            : content.Has("num_cycles") && content.Has("statistics") ? OldKind.Cycles
            : content.Has("aggregation") && content.Has("total_energy_j") ? OldKind.Aggregate
            : content.Has("samples") && content.Has("sample_count") ? OldKind.TimeSeries
            : OldKind.Other;
    }

    static OldForm FormOf(OldKind kind, string? schema, string name) => (kind, schema) switch
    {
        (OldKind.Other or OldKind.Ours, _) => default,
        (OldKind.Llem, "3.0") => OldForm.Llem3,
        (not OldKind.Llem, "3.0.0") => OldForm.Lem3,
        (not OldKind.Llem, "2" or ['2', '.', ..]) => OldForm.Lem2,
        _ => throw new LemException(
            $"{name}: schema_version {schema}, which this lem does not know (it migrates 2.x, 3.0.0 and 3.0)",
            "Update lem: a newer one may know it. The file was not touched."),
    };
}
