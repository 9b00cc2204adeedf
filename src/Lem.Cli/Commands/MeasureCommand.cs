using System.CommandLine;
using System.CommandLine.Parsing;
using Lem.Cli.Metering;

namespace Lem.Cli.Commands;

/// <summary><c>lem measure</c>: what any program costs.</summary>
static class MeasureCommand
{
    const string Separator = "put -- between lem's own options and the program: lem measure [options] -- PROGRAM [arguments]";
    const double ShortestBaselineSeconds = 5, LongestBaselineSeconds = 120;

    public static Command Create(CliHost host, GlobalOptions global)
    {
        var command = new Command(
            "measure",
            "Energy, power and throttling while any program runs. The program keeps stdin, stdout, stderr and its exit code; the summary goes to stderr. Examples: lem measure -- ./bench --size 4   ·   lem measure --gpus 0 -o cost.json -- python train.py");
        var words = new Argument<string[]>("PROGRAM") { Description = "The program and its arguments, after --. No shell looks at them.", Arity = ArgumentArity.OneOrMore };
        var gpus = new Option<string?>("--gpus") { Description = "GPUs to meter: indices or UUIDs with commas, all, or none. Not given = all that CUDA_VISIBLE_DEVICES leaves.", HelpName = "list" };
        var baseline = new Option<double>("--baseline") { Description = "Seconds of idle power before and after the program.", HelpName = "seconds", DefaultValueFactory = _ => 5 };
        var noBaseline = new Option<bool>("--no-baseline") { Description = "Start at once; then there is no energy above idle." };
        var output = new Option<string?>("--output", "-o") { Description = "Write the answer to this file as JSON.", HelpName = "file" };
        var samples = new Option<string?>("--samples") { Description = "Write the time series of power to this file (CSV).", HelpName = "file" };
        var interval = new Option<int>("--interval") { Description = "Milliseconds between rows of --samples; the meter itself samples as fast as each sensor allows.", HelpName = "ms", DefaultValueFactory = _ => 100 };
        command.Arguments.Add(words);
        foreach (var option in new Option[] { gpus, baseline, noBaseline, output, samples, interval })
            command.Options.Add(option);

        baseline.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && result.GetValueOrDefault<double>() is not (>= ShortestBaselineSeconds and <= LongestBaselineSeconds))
                result.AddError(FormattableString.Invariant($"--baseline must be {ShortestBaselineSeconds} to {LongestBaselineSeconds} seconds (--no-baseline for none)"));
        });
        interval.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 60_000)
                result.AddError("--interval must be 1 to 60000 ms");
        });

        command.SetAction(async (parsed, _) =>
        {
            var messages = new Terminal.Messages(host);
            var all = parsed.Tokens;
            // Without the separator an option of the program would be taken for one of lem.
            var separator = all.ToList().FindIndex(token => token.Type == TokenType.DoubleDash);
            var program = parsed.GetRequiredValue(words);
            if (separator < 0 || all.Count - separator - 1 != program.Length)
            {
                messages.Error(Separator, "lem measure --help shows what it takes.");
                return (int)ExitCode.UserMistake;
            }

            return await new MeasureSession(host, messages).RunAsync(new(
                program, parsed.GetValue(gpus), parsed.GetValue(noBaseline) ? null : TimeSpan.FromSeconds(parsed.GetValue(baseline)),
                parsed.GetValue(output), parsed.GetValue(samples), TimeSpan.FromMilliseconds(parsed.GetValue(interval)),
                parsed.GetValue(global.Json), parsed.GetValue(global.Quiet)));
        });
        return command;
    }
}
