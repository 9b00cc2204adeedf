using System.Text.Json.Nodes;
using Xunit;

namespace Lem.IntegrationTests.Metering;

/// <summary><c>lem measure</c> with real programs on GPUs of known power, in real time.</summary>
public sealed class MeasureTests
{
    [Fact]
    public async Task Sleeping_for_five_seconds_costs_idle_power_times_its_window()
    {
        using var machine = new ScenarioMachine("a100", "v100");

        var answer = await machine.MeasureAsync(TestContext.Current.CancellationToken, "sleep", "5");

        // Sleeping, being woken and being seen to end: seconds on a machine that is busy.
        Assert.InRange(Seconds(answer), 5, 8);
        Assert.All([0, 1], gpu => Near(machine.TrueJoules(gpu, Seconds(answer)), Gpu(answer, gpu), 0.01));
        Assert.InRange((double)answer["energy_metrics"]!["adjusted_energy_j"]!, -6, 6);
    }

    [Fact]
    public async Task A_busy_program_costs_what_it_says_it_draws()
    {
        using var machine = new ScenarioMachine("a100", "v100");

        var answer = await machine.MeasureAsync(TestContext.Current.CancellationToken, machine.BusyProgram(), "3", "0:300", "1:250");

        Assert.All([0, 1], gpu => Near(machine.TrueJoules(gpu, Seconds(answer)), Gpu(answer, gpu), 0.01));
        Assert.InRange((double)answer["resources"]!["user_cpu_sec"]! + (double)answer["resources"]!["system_cpu_sec"]!, 0.5, 3.5);
    }

    [Fact]
    public async Task Eight_GPUs_of_all_kinds_at_once_are_each_near_the_truth()
    {
        string[] kinds = ["v100", "a100", "h100", "ampere", "ada", "kepler", "p100", "a100"];
        using var machine = new ScenarioMachine(kinds);

        var answer = await machine.MeasureAsync(
            TestContext.Current.CancellationToken,
            machine.BusyProgram(), "10", "0:280", "1:390", "2:650", "3:340", "4:420", "5:220", "6:290", "7:110");

        Assert.All(Enumerable.Range(0, kinds.Length), gpu =>
        {
            var counted = (string?)answer["domains"]![gpu]!["method"] == "counter";
            Near(machine.TrueJoules(gpu, Seconds(answer)), Gpu(answer, gpu), counted ? 0.01 : 0.03, $"{kinds[gpu]} ({gpu})");
        });
        Assert.Equal(6, Enumerable.Range(0, kinds.Length).Count(gpu => (string?)answer["domains"]![gpu]!["method"] == "counter"));
    }

    [Fact]
    public async Task Ctrl_C_reaches_the_program_whose_window_is_then_reported()
    {
        using var machine = new ScenarioMachine("a100");
        var process = machine.Lem.Start("measure", "--no-baseline", "-o", "answer.json", "--", "sh", "-c", "trap 'exit 5' INT; touch started; while :; do sleep 0.1; done");
        while (!File.Exists(Path.Combine(machine.Folder, "started")))
            Assert.False(process.WaitForExit(20), "lem ended before its program began");

        LemProcess.Interrupt(process);
        var (exitCode, _, error) = await LemProcess.EndAsync(process, TestContext.Current.CancellationToken);

        Assert.Equal(130, exitCode);
        Assert.Contains("interrupted, exit 5", error, StringComparison.Ordinal);
        var answer = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(machine.Folder, "answer.json"), TestContext.Current.CancellationToken))!;
        Assert.True((bool?)answer["interrupted"]);
        Near(machine.TrueJoules(0, Seconds(answer)), Gpu(answer, 0), 0.05);
    }

    [Fact]
    public async Task The_programs_streams_are_its_own()
    {
        using var lem = new LemProcess();

        var (exitCode, output, error) = await lem.RunAsync(
            TestContext.Current.CancellationToken, "measure", "--no-baseline", "--", "sh", "-c", "echo answer; echo trouble >&2");

        Assert.Equal((0, "answer\n"), (exitCode, output));
        Assert.StartsWith("trouble\n", error, StringComparison.Ordinal);
        Assert.Contains("exit 0 after", error, StringComparison.Ordinal);
    }

    static double Seconds(JsonNode answer) => (double)answer["window"]!["duration_sec"]!;

    static double Gpu(JsonNode answer, int index) => (double)answer["domains"]![index]!["raw_j"]!;

    static void Near(double truth, double measured, double tolerance, string device = "the GPU") => Assert.True(
        Math.Abs(measured - truth) <= tolerance * truth,
        FormattableString.Invariant($"{device}: {measured:0.0} J, in truth {truth:0.0} J ({(measured / truth) - 1:P2})"));
}
