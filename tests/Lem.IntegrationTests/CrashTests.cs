using System.Diagnostics;
using System.Security.Cryptography;
using Xunit;

namespace Lem.IntegrationTests;

/// <summary>What was measured survives any end, and what was not is measured once more: nothing twice, nothing lost, nothing left running.</summary>
public sealed class CrashTests : IDisposable
{
    const int Cycles = 3;

    static readonly string[] Experiment =
    [
        "experiment", "--model", "synthetic:tiny", "-n", "60", "--cycles", "3", "--max-tokens", "100", "--ignore-eos", "--seed", "7",
        // One thread: two spinning on processors that other tests also use would stall each other.
        "--set", "llamacpp.n_threads=1",
        "--set", "baseline.enabled=false", "--set", "warmup.max_prompts=5", "--set", "warmup.min_prompts=3", "--set", "warmup.window_size=3", "--quiet",
    ];

    readonly LemProcess _lem = new();

    public void Dispose() => _lem.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task After_kill_9_at_a_random_instant_resume_ends_with_every_cycle_once(int seed)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var random = new Random(seed);
        var process = _lem.Start(Experiment);
        WaitFor(process, () => Plans().Length > 0);
        process.WaitForExit(random.Next(0, 3000));
        process.Kill();
        await process.WaitForExitAsync(cancellationToken);

        // Long enough that it cannot have finished: otherwise this would test nothing.
        Assert.Single(Plans());
        var standing = CompletedWindows().ToDictionary(window => window, Fingerprint);

        var (exitCode, _, error) = await _lem.RunAsync(cancellationToken, "resume", "--quiet");

        Assert.True(exitCode == 0, error);
        Assert.Equal(Cycles, CompletedWindows().Count);
        Assert.Equal(Cycles, Directory.GetFiles(Path.Combine(_lem.Results, "aggregated")).Length);
        Assert.Single(Directory.GetFiles(_lem.Results, "*_multi_cycle.json"));
        Assert.All(standing, window => Assert.Equal(window.Value, Fingerprint(window.Key)));
        Assert.Empty(Directory.GetFiles(Path.Combine(_lem.Results, "run")));
    }

    [Fact]
    public async Task Ctrl_C_saves_says_how_to_resume_and_ends_with_130()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var process = _lem.Start(Experiment);
        WaitFor(process, () => CompletedWindows().Count >= 1);

        LemProcess.Interrupt(process);
        var (exitCode, _, error) = await LemProcess.EndAsync(process, cancellationToken);

        Assert.Equal(130, exitCode);
        Assert.Contains("lem resume", error, StringComparison.Ordinal);
        var (resumed, _, resumeError) = await _lem.RunAsync(cancellationToken, "resume", "--quiet");
        Assert.True(resumed == 0, resumeError);
        Assert.Equal(Cycles, CompletedWindows().Count);
    }

    [Fact]
    public async Task A_second_Ctrl_C_ends_at_once()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var process = _lem.Start([.. Experiment, "--set", "batching.batch_size=60", "--set", "warmup.enabled=false", "--set", "max_output_tokens=4000"]);
        WaitFor(process, () => Directory.Exists(Path.Combine(_lem.Results, "raw")));

        LemProcess.Interrupt(process);
        process.WaitForExit(300);
        LemProcess.Interrupt(process);
        var (exitCode, _, _) = await LemProcess.EndAsync(process, cancellationToken);

        Assert.Equal(130, exitCode);
        Assert.Empty(CompletedWindows());
    }

    string[] Plans() => Directory.Exists(Path.Combine(_lem.Results, "run")) ? Directory.GetFiles(Path.Combine(_lem.Results, "run"), "*.plan.json") : [];

    List<string> CompletedWindows()
    {
        var raw = Path.Combine(_lem.Results, "raw");
        return Directory.Exists(raw)
            ? [.. Directory.GetDirectories(raw).Where(window => File.Exists(Path.Combine(window, ".completed_0"))).Order()]
            : [];
    }

    static string Fingerprint(string window) => Convert.ToHexString(SHA256.HashData(
        [.. Directory.GetFiles(window).Order(StringComparer.Ordinal).SelectMany(File.ReadAllBytes)]));

    static void WaitFor(Process process, Func<bool> condition)
    {
        var patience = TimeProvider.System.GetTimestamp();
        while (!condition() && !process.WaitForExit(20))
            Assert.True(TimeProvider.System.GetElapsedTime(patience) < TimeSpan.FromMinutes(2), "lem did not get that far in two minutes");
    }
}
