using System.Diagnostics;
using Lem.Measurement.Launching;
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
}
