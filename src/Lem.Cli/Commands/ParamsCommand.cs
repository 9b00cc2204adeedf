using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Lem.Cli.Listings;
using Lem.Cli.Terminal;
using Lem.Core.Configuration.Engines;
using Lem.Core.Configuration.Engines.Universes;
using Lem.Reporting.Tables;

namespace Lem.Cli.Commands;

/// <summary><c>lem params</c>: everything the engines can be told.</summary>
static class ParamsCommand
{
    public static Command Create(CliHost host, GlobalOptions global)
    {
        var command = new Command("params", "List every parameter of the engines: type, default, range, how it gets there, effect. Example: lem params llamacpp");
        var backend = new Argument<string?>("BACKEND") { Description = "Only this engine's.", Arity = ArgumentArity.ZeroOrOne };
        backend.AcceptOnlyFromAmong([.. ParameterTables.All.Select(table => table.Section)]);
        var coverage = new Option<bool>("--coverage") { Description = "How much of what the engines can be told lem can say, and what it cannot." };
        command.Arguments.Add(backend);
        command.Options.Add(coverage);
        command.SetAction(parsed =>
        {
            var tables = ParameterTables.All.Where(table => parsed.GetValue(backend) is not { } only || table.Section == only).ToList();
            if (parsed.GetValue(coverage))
                return CoverageAnswer(new(host, new Messages(host), parsed.GetValue(global.Json)), tables);
            new Answer(host, new Messages(host), parsed.GetValue(global.Json)).Write(
                () => string.Join('\n', tables.Select(Text)),
                () => new JsonArray([.. tables.SelectMany(table => ParameterRow.Of(table).Select(row => row.Json()))]));
            return (int)ExitCode.Success;
        });
        return command;
    }

    static int CoverageAnswer(Answer answer, IReadOnlyList<ParameterTable> tables)
    {
        List<Coverage> covered = [.. tables.Select(table => Coverage.Of(table.Backend)).OfType<Coverage>()];
        answer.Write(
            () => PlainTable.Of("ENGINE", "VERSION", "OF", "CAN CHANGE ENERGY OR SPEED", "CAN BE SAID", "SHARE", "MISSING").Text(covered.Select(one => (IReadOnlyList<string?>)
            [
                one.Universe.Engine, one.Universe.Version, one.Universe.Date, $"{one.Relevant.Count}", $"{one.Covered}",
                one.Share.ToString("P1", CultureInfo.InvariantCulture), one.Missing.Count == 0 ? "–" : string.Join(", ", one.Missing),
            ])),
            () => new JsonArray([.. covered.Select(one => new JsonObject
            {
                ["engine"] = one.Universe.Engine,
                ["version"] = one.Universe.Version,
                ["date"] = one.Universe.Date,
                ["repository"] = one.Universe.Repository,
                ["relevant"] = one.Relevant.Count,
                ["covered"] = one.Covered,
                ["share"] = one.Share,
                ["missing"] = new JsonArray([.. one.Missing.Select(name => (JsonNode)name)]),
            })]));
        return (int)ExitCode.Success;
    }

    static string Text(ParameterTable table)
    {
        var rows = ParameterRow.Of(table).ToList();
        var head = $"{table.Section}: {rows.Count} parameters, {rows.Count(row => row.Parameter.IsRelevant)} of them can change energy or speed (*)\n";
        return head + PlainTable.Of("", "PARAMETER", "TYPE", "DEFAULT", "RANGE", "TRAVELS", "EFFECT").Text(rows.Select(row => row.Cells()));
    }
}
