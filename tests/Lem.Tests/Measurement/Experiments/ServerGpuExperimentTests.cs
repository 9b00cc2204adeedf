using Lem.Core.Configuration;
using Lem.Core.Results.Raw;
using Lem.Core.Units;
using Lem.Measurement.Experiments.Events;
using Lem.Tests.Fakes;
using Lem.Tests.Shared.Nvml;
using Xunit;

namespace Lem.Tests.Measurement.Experiments;

/// <summary>Whole experiments with an engine in processes of its own: what on the GPUs is its doing, and what is not.</summary>
public sealed class ServerGpuExperimentTests : IDisposable
{
    readonly NvmlScenario _gpus = new(devices: 1);
    readonly ExperimentBench _bench;

    public ServerGpuExperimentTests() => _bench = new ExperimentBench(_gpus);

    static ExperimentConfig Config => ExperimentBench.Config() with { Warmup = new WarmupConfig(Enabled: false) };

    public void Dispose()
    {
        _bench.Dispose();
        _gpus.Dispose();
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public async Task What_comes_to_a_GPU_while_an_engine_in_a_container_is_loaded_is_the_engines_own(bool inContainer, bool told)
    {
        _bench.IsEngineOutOfSight = inContainer;

        var codes = await CodesAsync(loaded: () => _gpus.Tell(0, $"process 4711"));

        Assert.Equal(told, codes.Contains("gpu_shared"));
    }

    [Fact]
    public async Task What_comes_to_a_GPU_later_is_not_the_engines_in_a_container_either()
    {
        _bench.IsEngineOutOfSight = true;

        var codes = await CodesAsync(worked: () => _gpus.Tell(0, $"process 4711"));

        Assert.Contains("gpu_shared", codes);
    }

    [Theory]
    [InlineData(40, true)]
    [InlineData(2.02, false)]
    public async Task Memory_that_an_ended_server_still_holds_is_told(double gibibytes, bool told)
    {
        var config = Config with { Backend = Backend.Vllm, Gpus = [0] };
        var engine = new SteadyEngine(_bench.Clock, TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(20))
        {
            AfterLoad = () => _gpus.Tell(0, $"used_gib 70"),
            AfterUnload = () => _gpus.Tell(0, $"used_gib {gibibytes}"),
        };

        var events = await _bench.RunAsync(config, engine, TestContext.Current.CancellationToken);

        var held = events.OfType<FindingRaised>().Select(e => e.Finding).Where(finding => finding.Code == "gpu_memory_not_released").ToList();
        Assert.Equal(told ? ["GPU 0 holds 40960 MiB after the engine has ended, and held 2048 MiB before it was started"] : [], held.Select(finding => finding.Message));
        Assert.Equal(told, _bench.Result(config).Findings.Any(finding => finding.Code == "gpu_memory_not_released"));
        Assert.True(_bench.Raw.IsComplete(ExperimentBench.FirstId));
    }

    [Fact]
    public async Task The_joules_of_this_machine_are_no_cost_of_a_server_on_another()
    {
        using var bench = new ExperimentBench();
        var config = ExperimentBench.Config(outputTokens: 50, prompts: 12);

        await bench.RunAsync(config, bench.Engine(devices: [RawProcess.Elsewhere]), TestContext.Current.CancellationToken);
        var result = bench.Result(config);

        Assert.Equal("energy_unknown_of elsewhere", result.Unavailable.Single(u => u.Path == "total_energy_j").Reason);
        Assert.Equal(
            [null, null, null, null, null],
            (Joules?[])[result.TotalEnergyJ, result.EnergyMetrics.AdjustedEnergyJ, result.SteadyState.EnergyJ, result.EnergyBreakdown.LoadJ, result.ModelLoad?.LoadJ]);
        Assert.Null(result.EnergyMetrics.JoulesPerOutputToken);
        Assert.Null(result.EnergyMetrics.TokensPerJoule);
    }

    async Task<IReadOnlyList<string>> CodesAsync(Action? loaded = null, Action? worked = null)
    {
        var engine = new SteadyEngine(_bench.Clock, TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(20)) { AfterLoad = loaded, AfterBatch = worked };
        var events = await _bench.RunAsync(Config with { Gpus = [0] }, engine, TestContext.Current.CancellationToken);
        return [.. events.OfType<FindingRaised>().Select(e => e.Finding.Code)];
    }
}
