using System.Diagnostics;
using System.Globalization;
using Lem.Core;
using Lem.Measurement.Launching;
using Lem.Tests.Core.Results.Storage;
using Xunit;

namespace Lem.Tests.Measurement.Launching;

public sealed class LocalLauncherTests
{
    [Fact]
    public async Task A_group_whose_lem_is_gone_is_ended_by_its_guard()
    {
        using var engine = Process.Start(new ProcessStartInfo("setsid", ["sleep", "600"]))!; // null only with UseShellExecute
        using var guard = Process.Start(new ProcessStartInfo("setsid", ["sh", "-c", LocalLauncher.GuardScript, $"{engine.Id}"]) { RedirectStandardInput = true })!;

        while (!ProcessSignals.SendToGroup(engine.Id, 0))
            await Task.Yield();
        guard.StandardInput.Close();

        Assert.True(engine.WaitForExit(TimeSpan.FromSeconds(10)));
    }

    [Fact]
    public async Task A_program_that_cannot_be_entered_is_not_left_running()
    {
        using var results = new ScratchDirectory();
        using var entry = new RunLedger(results.Path).Enter("one");
        Directory.Delete(results["run"], recursive: true);
        await File.WriteAllTextAsync(results["run"], "in the way", TestContext.Current.CancellationToken);
        await using var launcher = new LocalLauncher(entry, TimeProvider.System);
        string[] command = ["sh", "-c", "echo $$ > pid; exec sleep 600"];

        await Assert.ThrowsAsync<LemException>(() => launcher.StartAsync(new(command, new Dictionary<string, string?>(), results.Path), TestContext.Current.CancellationToken));

        File.Delete(results["run"]);
        Directory.CreateDirectory(results["run"]);
        Assert.True(!File.Exists(results["pid"]) || ProcessIdentity.Of(int.Parse(await File.ReadAllTextAsync(results["pid"], TestContext.Current.CancellationToken), CultureInfo.InvariantCulture)) is null);
    }

    [Fact]
    public async Task What_has_been_ended_is_sent_nothing_more()
    {
        var signals = new List<int>();
        await using var process = new EngineProcess(new LogTail(), Task.FromResult(0), Signal, () => ValueTask.CompletedTask, TimeProvider.System);

        Assert.True(await process.EndAsync());
        Assert.True(await process.EndAsync());

        Assert.Equal([ProcessSignals.Terminate], signals);

        Task<bool> Signal(int signal)
        {
            signals.Add(signal);
            return Task.FromResult(false);
        }
    }
}
