using System.Globalization;
using System.Text.Json.Nodes;
using Lem.Cli.Hub;
using Lem.Cli.Terminal;
using Lem.Core.Configuration;
using Lem.Measurement.Hub.Datasets;
using Lem.Measurement.Load.Prompts;
using Lem.Reporting.Tables;

namespace Lem.Cli.Listings;

/// <summary>The prompt sets that have a name here, with what is kept of them, and a look into any.</summary>
sealed class PromptSetListing(CliHost host, Messages messages)
{
    /// <summary>Asks nobody: what is not kept here says so.</summary>
    public IReadOnlyList<PromptSetRow> Rows()
    {
        using var hub = new HubAccess(host, messages);
        return
        [
            new(StarterPrompts.Name, "ships with lem", null, null, null, StarterPrompts.Read().Count, null, "ready"),
            .. DatasetReference.Aliases.Select(alias => Row(alias.Key, alias.Value, hub)),
        ];
    }

    /// <summary>The first prompts of a set; fetched where they are not kept.</summary>
    public async Task<PromptSetLook> LookAsync(HuggingFacePrompts prompts, int count, CancellationToken cancellationToken)
    {
        if (prompts.Dataset == StarterPrompts.Name)
        {
            var all = StarterPrompts.Read();
            return new(StarterPrompts.Name, "ships with lem", new($"lem {LemVersion.Number}", all.Count, "lines", [.. all.Take(count).Select(prompt => prompt.Text)]));
        }

        using var hub = new HubAccess(host, messages);
        var set = DatasetReference.Of(prompts);
        var read = await hub.Datasets.ReadAsync(set, wanted: 1, spare: count - 1, rows => Enumerable.Range(0, rows), revision: null, hub.Progress, cancellationToken);
        return new(prompts.Dataset, SourceOf(set, hub), read with { Texts = [.. read.Texts.Take(count)] });
    }

    public static string Text(IReadOnlyList<PromptSetRow> rows) =>
        PlainTable.Of("NAME", "SOURCE", "SUBSET/SPLIT", "COLUMN", "PROMPTS", "NOTE").Text(rows.Select(row => (IReadOnlyList<string?>)
        [
            row.Name, row.Source, row.Split is null ? null : $"{row.Subset ?? "default"}/{row.Split}", row.Column, row.Prompts?.ToString(CultureInfo.InvariantCulture), row.Note,
        ]));

    public static JsonArray Json(IReadOnlyList<PromptSetRow> rows) => new([.. rows.Select(row => new JsonObject
    {
        ["name"] = row.Name,
        ["source"] = row.Source,
        ["subset"] = row.Subset,
        ["split"] = row.Split,
        ["column"] = row.Column,
        ["prompts"] = row.Prompts,
        ["revision"] = row.Revision,
        ["note"] = row.Note,
    })]);

    static PromptSetRow Row(string name, DatasetReference set, HubAccess hub)
    {
        var kept = hub.Datasets.Kept(set);
        return new(name, SourceOf(set, hub), set.Subset, set.Split, set.Column, kept?.Rows, kept?.Revision, kept is null ? "fetched when first used" : $"kept here at {kept.Revision[..8]}");
    }

    static string SourceOf(DatasetReference set, HubAccess hub) => $"{hub.Settings.Endpoint.Host}/datasets/{set}";
}
