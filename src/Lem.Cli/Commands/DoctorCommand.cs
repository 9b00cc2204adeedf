using System.CommandLine;
using Lem.Cli.Doctor;
using Lem.Cli.Experiments;
using Lem.Cli.Terminal;
using Lem.Measurement.Linux;

namespace Lem.Cli.Commands;

/// <summary><c>lem doctor</c>: can this machine be measured on, how well, and what would make it better.</summary>
static class DoctorCommand
{
    public static Command Create(CliHost host, GlobalOptions global)
    {
        var command = new Command("doctor", "Check what measuring here needs: engine, energy sensors, clocks, neighbours, disk, Docker; and how to fix each. Example: lem doctor --json");
        command.Options.Add(global.ResultsDirectory);
        command.SetAction(async (parsed, _) =>
        {
            var results = ResultsLocation.Resolve(host, parsed.GetValue(global.ResultsDirectory));
            await Leftovers.EndAsync(host, new(host), results);
            var diagnosis = Diagnosis.Of(await new Examination(host, new LinuxTree()).TakeAsync(results));
            new Answer(host, new(host), parsed.GetValue(global.Json)).Write(() => string.Join('\n', diagnosis.Lines()), diagnosis.Json);
            return (int)(diagnosis.Usable ? ExitCode.Success : ExitCode.MachineLacks);
        });
        return command;
    }
}
