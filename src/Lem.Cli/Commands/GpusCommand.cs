using System.CommandLine;
using Lem.Cli.Machine;

namespace Lem.Cli.Commands;

/// <summary><c>lem gpus</c>: the GPUs of this machine.</summary>
static class GpusCommand
{
    public static Command Create(CliHost host, GlobalOptions global)
    {
        var command = new Command("gpus", "The GPUs of this machine, how each stands, and its MIG devices. Example: lem gpus --json");
        command.SetAction(parsed => (int)new GpuListing(host, new(host), parsed.GetValue(global.Json)).Run());
        return command;
    }
}
