using System.CommandLine;
using Lem.Cli.Metering;

namespace Lem.Cli.Commands;

/// <summary><c>lem baseline</c>: the idle power of this machine's devices.</summary>
static class BaselineCommand
{
    const double ShortestSeconds = 5, LongestSeconds = 120;

    public static Command Create(CliHost host, GlobalOptions global)
    {
        var command = new Command(
            "baseline",
            "Measure the idle power of every device until it has settled, and keep it: experiments take it instead of measuring it again, for baseline.cache_ttl_sec. Examples: lem baseline --duration 60   ·   lem baseline --forget");
        var gpus = new Option<string?>("--gpus") { Description = "GPUs to measure: indices or UUIDs with commas, all, or none. Not given = all that CUDA_VISIBLE_DEVICES leaves.", HelpName = "list" };
        var duration = new Option<double>("--duration") { Description = "Seconds that must be settled, 5–120. It serves experiments that ask for no longer stretch.", HelpName = "seconds", DefaultValueFactory = _ => 30 };
        var forget = new Option<bool>("--forget") { Description = "Forget every power that is kept; measure nothing." };
        duration.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && result.GetValueOrDefault<double>() is not (>= ShortestSeconds and <= LongestSeconds))
                result.AddError(FormattableString.Invariant($"--duration must be {ShortestSeconds} to {LongestSeconds} seconds"));
        });
        command.Options.Add(gpus);
        command.Options.Add(duration);
        command.Options.Add(forget);
        command.SetAction(async (parsed, _) =>
        {
            var session = new BaselineSession(host, new(host), parsed.GetValue(global.Json), parsed.GetValue(global.Quiet));
            return (int)(parsed.GetValue(forget)
                ? await session.ForgetAsync()
                : await session.RunAsync(parsed.GetValue(gpus), TimeSpan.FromSeconds(parsed.GetValue(duration))));
        });
        return command;
    }
}
