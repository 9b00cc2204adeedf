using System.Diagnostics;
using System.Globalization;
using Lem.Measurement.Hosts;
using Lem.Measurement.Linux;
using Lem.Tests.Measurement.Linux;
using Xunit;

namespace Lem.Tests.Measurement.Hosts;

public sealed class ProcessFamilyTests : IDisposable
{
    // lem 100 has started a server 200 in a session of its own, with workers 210 and 211; 220 has lost its parent, 300 is a stranger.
    readonly FolderTree _machine = new FolderTree()
        .With("proc/1/stat", "1 (init) S 0 1 1 0")
        .With("proc/100/stat", "100 (lem) S 1 100 100 0")
        .With("proc/200/stat", "200 (vllm) S 100 200 200 0")
        .With("proc/210/stat", "210 (VLLM::EngineCore) S 200 200 200 0")
        .With("proc/211/stat", "211 (a ) S 1 (b) R 210 200 200 0")
        .With("proc/220/stat", "220 (orphan) S 1 200 200 0")
        .With("proc/300/stat", "300 (python) S 1 300 300 0")
        .With("proc/310/stat", "310 (child) S 300 300 1 0");

    public void Dispose() => _machine.Dispose();

    [Theory]
    [InlineData(100, true)]
    [InlineData(200, true)]
    [InlineData(211, true)]
    [InlineData(220, true)]
    [InlineData(1, false)]
    [InlineData(300, false)]
    [InlineData(310, false)]
    [InlineData(999, false)]
    public void A_family_is_who_descends_from_it_and_who_is_of_a_session_that_does(int pid, bool own) =>
        Assert.Equal(own, new ProcessFamily(_machine.Tree, 100).Has(pid));

    [Fact]
    public async Task A_grandchild_in_a_session_of_its_own_is_of_the_family_on_this_machine()
    {
        using var child = Process.Start(new ProcessStartInfo("setsid", ["sh", "-c", "sleep 600 & echo $!; wait"]) { RedirectStandardOutput = true })!; // null only with UseShellExecute
        var grandchild = int.Parse((await child.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken))!, CultureInfo.InvariantCulture);

        var (own, stranger) = (new ProcessFamily(new LinuxTree(), Environment.ProcessId), new ProcessFamily(new LinuxTree(), grandchild));

        Assert.Equal((true, false), (own.Has(grandchild), stranger.Has(Environment.ProcessId)));
        child.Kill(entireProcessTree: true);
    }
}
