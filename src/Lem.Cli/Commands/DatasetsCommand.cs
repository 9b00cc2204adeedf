using System.CommandLine;
using System.Text.Json.Nodes;
using Lem.Cli.Terminal;
using Lem.Measurement.Load.Prompts;
using Lem.Reporting.Tables;

namespace Lem.Cli.Commands;

/// <summary><c>lem datasets</c>: the prompt sets that have a name here.</summary>
static class DatasetsCommand
{
    /// <param name="Prompts">How many, or null where only the hub knows.</param>
    sealed record PromptSetRow(string Name, string Source, int? Prompts, bool IsUsable, string Note);

    public static Command Create(CliHost host, GlobalOptions global)
    {
        var command = new Command("datasets", "List the prompt sets that have a name, for lem experiment -d. Files of your own need none (-p). Example: lem datasets");
        command.SetAction(parsed =>
        {
            var rows = Rows().ToList();
            new Answer(host, new Messages(host), parsed.GetValue(global.Json)).Write(
                () => PlainTable.Of("NAME", "SOURCE", "PROMPTS", "NOTE").Text(rows.Select(row => (IReadOnlyList<string?>)[row.Name, row.Source, row.Prompts?.ToString(System.Globalization.CultureInfo.InvariantCulture), row.Note])),
                () => new JsonArray([.. rows.Select(Json)]));
            return (int)ExitCode.Success;
        });
        return command;
    }

    static IEnumerable<PromptSetRow> Rows() =>
    [
        new(StarterPrompts.Name, "ships with lem", StarterPrompts.Read().Count, IsUsable: true, "ready"),
        .. PromptSource.HuggingFaceAliases.Select(alias =>
            new PromptSetRow(alias.Key, $"huggingface.co/datasets/{alias.Value}", null, IsUsable: false, "not yet: this version does not fetch data sets; download it and give the file with -p")),
    ];

    static JsonObject Json(PromptSetRow row) => new()
    {
        ["name"] = row.Name,
        ["source"] = row.Source,
        ["prompts"] = row.Prompts,
        ["usable"] = row.IsUsable,
        ["note"] = row.Note,
    };
}
