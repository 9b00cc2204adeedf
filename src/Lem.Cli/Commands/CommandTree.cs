using System.CommandLine;

namespace Lem.Cli.Commands;

/// <summary>All commands of lem.</summary>
static class CommandTree
{
    public static RootCommand Create(CliHost host)
    {
        var global = new GlobalOptions();
        var root = new RootCommand("lem measures what LLM inference really costs: energy, throughput, latency and FLOPs.");

        // The library's own version option is answered before the tree is built (Program.cs); this one documents it.
        var version = root.Options.OfType<VersionOption>().Single();
        version.Aliases.Add("-V");
        root.Options.Add(global.Verbose);
        root.Options.Add(global.Quiet);
        root.Options.Add(global.Json);
        root.Subcommands.Add(ExperimentCommand.Create(host, global));
        root.Subcommands.Add(BatchCommand.Create(host, global));
        root.Subcommands.Add(ResumeCommand.Create(host, global));
        root.Subcommands.Add(AggregateCommand.Create(host, global));
        root.Subcommands.Add(ConfigCommand.Create(host, global));
        root.Subcommands.Add(ResultsCommand.Create(host, global));
        root.Subcommands.Add(PresetsCommand.Create(host, global));
        root.Subcommands.Add(ParamsCommand.Create(host, global));
        root.Subcommands.Add(DatasetsCommand.Create(host, global));
        root.Subcommands.Add(ModelCommand.Create(host, global));
        root.Subcommands.Add(MeasureCommand.Create(host, global));
        root.Subcommands.Add(BaselineCommand.Create(host, global));
        root.Subcommands.Add(CalibrateCommand.Create(host, global));
        root.Subcommands.Add(GpusCommand.Create(host, global));
        root.Subcommands.Add(EnginesCommand.Create(host, global));
        root.Subcommands.Add(DoctorCommand.Create(host, global));
        root.Subcommands.Add(CompletionCommand.Create(host));
        return root;
    }
}
