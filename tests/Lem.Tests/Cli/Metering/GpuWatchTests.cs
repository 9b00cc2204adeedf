using System.Text.Json.Nodes;
using Lem.Cli;
using Lem.Cli.Metering;
using Lem.Core;
using Lem.Core.Configuration;
using Lem.Measurement.Nvml;
using Lem.Tests.Fakes;
using Lem.Tests.Shared.Nvml;
using Xunit;

namespace Lem.Tests.Cli.Metering;

public sealed class GpuWatchTests : IDisposable
{
    readonly ManualClock _clock = new();
    readonly NvmlScenario _nvml = new();

    public void Dispose() => _nvml.Dispose();

    [Fact]
    public async Task Each_look_tells_power_energy_and_state_of_each_gpu()
    {
        _nvml.Tell(1, $"reasons {ThrottleBits.SoftwarePowerCap + ThrottleBits.SoftwareThermal}");

        var (answer, _) = await WatchAsync(looks: 3, json: true);

        var looks = answer.TrimEnd('\n').Split('\n').Select(line => JsonNode.Parse(line)!).ToList();
        Assert.Equal([1.0, 2.0, 3.0], looks.Select(look => (double)look["elapsed_s"]!));
        var gpu = looks[2]["gpus"]![1]!;
        Assert.Equal((1, $"gpu:{NvmlScenario.Uuid(1)}", "NVIDIA A100-SXM4-80GB"), ((int)gpu["index"]!, (string?)gpu["device"], (string?)gpu["name"]));
        Assert.Equal((97, 40, 1410), ((int)gpu["sm_pct"]!, (int)gpu["temperature_c"]!, (int)gpu["sm_clock_mhz"]!));
        Assert.Equal(["power cap", "heat (driver)"], gpu["clock_reasons"]!.AsArray().Select(word => (string?)word));
        Assert.InRange((double)gpu["power_w"]!, 49, 51);
    }

    [Fact]
    public async Task Energy_is_that_since_the_watch_began_however_power_moves()
    {
        _nvml.Square(0, 60, 300, periodSeconds: 3.3, duty: 0.4);

        var (answer, _) = await WatchAsync(looks: 20, json: true);

        var last = JsonNode.Parse(answer.TrimEnd('\n').Split('\n')[^1])!;
        var truth = _nvml.TrueJoules(0, 0, 20_000_000_000);
        Assert.InRange((double)last["gpus"]![0]!["energy_j"]! / truth, 0.99, 1.01);
    }

    [Fact]
    public async Task A_lost_gpu_has_a_reason_and_never_zero()
    {
        var (answer, _) = await WatchAsync(looks: 12, json: true, atSecond: (6, () => _nvml.Tell(0, $"fail {(int)NvmlReturn.GpuIsLost}")));

        var last = JsonNode.Parse(answer.TrimEnd('\n').Split('\n')[^1])!["gpus"]!;
        Assert.Null(last[0]!["energy_j"]);
        Assert.NotNull(last[0]!["reason"]);
        Assert.NotNull(last[1]!["energy_j"]);
    }

    [Fact]
    public async Task Without_a_terminal_one_table_follows_the_other()
    {
        var (answer, _) = await WatchAsync(looks: 2, json: false);

        Assert.Equal(2, answer.Split("HELD BACK BY").Length - 1);
        Assert.DoesNotContain('\e', answer);
        Assert.Contains("50.0 W", answer, StringComparison.Ordinal);
        Assert.Contains("nothing", answer, StringComparison.Ordinal);
        Assert.All(answer.Split('\n'), line => Assert.True(line.Length <= 130, line));
    }

    [Fact]
    public async Task Without_a_gpu_the_reason_is_told()
    {
        var watch = new GpuWatch(Host(TextWriter.Null), new(Host(TextWriter.Null)), false, TimeSpan.FromSeconds(1), _clock.Every, "/nowhere/libnvidia-ml.so.1");

        Assert.Contains("NVIDIA", (await Assert.ThrowsAsync<LemException>(() => watch.RunAsync(TestContext.Current.CancellationToken))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData(0UL, "")]
    [InlineData(0x1UL, "idle")]
    [InlineData(0x88UL, "hardware slowdown,power brake")]
    [InlineData(0x2_0000_0004UL, "power cap,0x200000000")]
    public void Reasons_are_said_in_words(ulong? bits, string? words) =>
        Assert.Equal(words, ClockReasons.Of(bits) is { } known ? string.Join(',', known) : null);

    CliHost Host(TextWriter answer) => new(answer, TextWriter.Null, false, new ConfigEnvironment("/", "/", new Dictionary<string, string>()), "/", _clock);

    async Task<(string Answer, ExitCode Code)> WatchAsync(int looks, bool json, (int Second, Action Do)? atSecond = null)
    {
        using var stop = new CancellationTokenSource();
        using var answer = new StringWriter();
        var watch = new GpuWatch(Host(answer), new(Host(answer)), json, TimeSpan.FromSeconds(1), Sampling, _nvml.Path);
        var code = await watch.RunAsync(stop.Token);
        Assert.Equal(ExitCode.Success, code);
        return (answer.ToString(), code);

        IDisposable Sampling(Action tick, TimeSpan period) => _clock.Every(
            () =>
            {
                var now = _clock.GetTimestamp();
                _nvml.SetTime(now);
                if (atSecond is { } at && now == at.Second * 1_000_000_000L)
                    at.Do();
                tick();
                if (now > (looks * 1_000_000_000L) - 500_000_000)
                    stop.Cancel();
            },
            period);
    }
}
