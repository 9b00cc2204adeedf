using System.CommandLine;

namespace Lem.Cli.Commands;

/// <summary><c>lem model</c>: models as files, without running them.</summary>
static class ModelCommand
{
    public static Command Create(CliHost host, GlobalOptions global) => new("model", "Make models with dummy weights; tell what a model is. Example: lem model show synthetic:smollm2-135m")
    {
        ModelCreateCommand.Create(host, global),
        ModelShowCommand.Create(host, global),
    };
}
