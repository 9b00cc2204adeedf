using System.Text.Json.Nodes;
using Xunit;

namespace Lem.IntegrationTests.Metering;

/// <summary><c>lem gpus --watch</c> as a process of its own.</summary>
public sealed class GpuWatchTests
{
    [Fact]
    public async Task Ctrl_C_is_how_a_watch_ends_and_no_failure()
    {
        using var machine = new ScenarioMachine("a100", "kepler");
        var process = machine.Lem.Start("gpus", "--watch", "--json");
        var first = await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);

        LemProcess.Interrupt(process);
        var (exitCode, _, error) = await LemProcess.EndAsync(process, TestContext.Current.CancellationToken);

        Assert.Equal((0, ""), (exitCode, error));
        Assert.All(JsonNode.Parse(first!)!["gpus"]!.AsArray(), gpu => Assert.InRange((double)gpu!["power_w"]!, 55, 65));
    }

    [Fact]
    public async Task A_reader_that_leaves_ends_it_too()
    {
        using var machine = new ScenarioMachine("a100");
        var process = machine.Lem.Start("gpus", "--watch", "--json");
        await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);

        process.StandardOutput.Close();

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromMinutes(1));
        await process.WaitForExitAsync(patience.Token);
        Assert.Equal(0, process.ExitCode);
    }
}
