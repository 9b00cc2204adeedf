using System.CommandLine;
using Lem.Cli.Machine;
using Lem.Cli.Metering;
using Lem.Measurement.Energy;

namespace Lem.Cli.Commands;

/// <summary><c>lem gpus</c>: the GPUs of this machine, once or again and again.</summary>
static class GpusCommand
{
    const double ShortestSeconds = 1, LongestSeconds = 3600;

    public static Command Create(CliHost host, GlobalOptions global)
    {
        var command = new Command("gpus", "The GPUs of this machine, how each stands, and its MIG devices; with --watch what each draws and does. Examples: lem gpus --json   ·   lem gpus --watch --interval 5");
        var watch = new Option<bool>("--watch") { Description = "Power, energy, use, temperature, clocks and what holds them back, until Ctrl-C; with --json a line for each look." };
        var interval = new Option<double>("--interval") { Description = "Seconds between looks of --watch, 1 or more.", HelpName = "seconds", DefaultValueFactory = _ => 1 };
        interval.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && result.GetValueOrDefault<double>() is not (>= ShortestSeconds and <= LongestSeconds))
                result.AddError(FormattableString.Invariant($"--interval must be {ShortestSeconds} to {LongestSeconds} seconds"));
        });
        command.Options.Add(watch);
        command.Options.Add(interval);
        command.SetAction(async (parsed, _) =>
        {
            var (messages, json) = (new Terminal.Messages(host), parsed.GetValue(global.Json));
            if (!parsed.GetValue(watch))
                return (int)new GpuListing(host, messages, json).Run();
            using var interrupts = new Interrupts(() => { });
            return (int)await new GpuWatch(
                host, messages, json, TimeSpan.FromSeconds(parsed.GetValue(interval)), (tick, period) => SamplerThread.Start(tick, period, host.Time))
                .RunAsync(interrupts.Stop);
        });
        return command;
    }
}
