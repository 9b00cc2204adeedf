using System.CommandLine;
using System.Text.Json.Nodes;
using Lem.Cli.Listings;
using Lem.Cli.Terminal;
using Lem.Core.Configuration.Engines;
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
        command.Arguments.Add(backend);
        command.SetAction(parsed =>
        {
            var tables = ParameterTables.All.Where(table => parsed.GetValue(backend) is not { } only || table.Section == only).ToList();
            new Answer(host, new Messages(host), parsed.GetValue(global.Json)).Write(
                () => string.Join('\n', tables.Select(Text)),
                () => new JsonArray([.. tables.SelectMany(table => ParameterRow.Of(table).Select(row => row.Json()))]));
            return (int)ExitCode.Success;
        });
        return command;
    }

    static string Text(ParameterTable table)
    {
        var rows = ParameterRow.Of(table).ToList();
        var head = $"{table.Section}: {rows.Count} parameters, {rows.Count(row => row.Parameter.IsRelevant)} of them can change energy or speed (*)\n";
        return head + PlainTable.Of("", "PARAMETER", "TYPE", "DEFAULT", "RANGE", "TRAVELS", "EFFECT").Text(rows.Select(row => row.Cells()));
    }
}
