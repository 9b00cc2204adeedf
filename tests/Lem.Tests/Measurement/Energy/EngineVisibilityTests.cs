using Lem.Core.Configuration;
using Lem.Measurement.Energy;
using Lem.Measurement.Engines.OpenAi.Commands;
using Lem.Measurement.Nvml;
using Lem.Tests.Fakes;
using Lem.Tests.Shared.Nvml;
using Xunit;

namespace Lem.Tests.Measurement.Energy;

/// <summary>What is metered and what a started engine is shown, held against each other.</summary>
public sealed class EngineVisibilityTests : IDisposable
{
    readonly NvmlScenario _gpus = new(devices: 3);

    public void Dispose() => _gpus.Dispose();

    [Theory]
    [InlineData("0", null, "0")]
    [InlineData("0", "2,0", "2")]
    [InlineData("1,0", "2,0", "0,2")]
    [InlineData("1", "GPU-00000000-0000-0000-0000-000000000002,GPU-00000000-0000-0000-0000-000000000001", "1")]
    [InlineData("GPU-00000000-0000-0000-0000-000000000002", "0,1", "2")]
    public void An_engine_is_shown_the_very_GPUs_that_are_metered(string gpus, string? inherited, string shown)
    {
        List<GpuId> chosen = [.. gpus.Split(',').Select(name => GpuSelection.IndexOf(name) is { } index ? index : new GpuId(null, name))];
        var config = new ExperimentConfig(ModelName: "org/model", Backend: Backend.Vllm, Gpus: EngineVisibility.Of(chosen, inherited, _gpus.Path));
        using var meter = NvmlEnergySource.Open(new([.. gpus.Split(',')], inherited, NvmlLibrary: _gpus.Path), new ManualClock(), [], []);
        using var nvml = NvmlReader.Open(_gpus.Path, out _);

        var variables = ServerCommand.Of(config, 8000, "/").Environment;

        Assert.Equal(("PCI_BUS_ID", shown), (variables["CUDA_DEVICE_ORDER"], variables["CUDA_VISIBLE_DEVICES"]));
        Assert.Equal(meter!.Channels.Select(channel => channel.Device), new GpuNames(nvml!).InCudaOrder(variables["CUDA_VISIBLE_DEVICES"]));
    }

    [Fact]
    public void Behind_a_GPU_that_cannot_be_opened_an_engine_is_shown_a_UUID()
    {
        _gpus.Tell(1, $"fail {(int)NvmlReturn.GpuIsLost}");

        Assert.Equal([0, new GpuId(null, NvmlScenario.Uuid(2))], EngineVisibility.Of([0, 2], null, _gpus.Path));
    }

    [Fact]
    public void A_MIG_device_is_shown_by_its_UUID()
    {
        _gpus.Tell(0, $"mig 3");

        Assert.Equal([new GpuId(null, NvmlScenario.MigUuid(0, 1))], EngineVisibility.Of([new GpuId(null, NvmlScenario.MigUuid(0, 1))], null, _gpus.Path));
    }

    [Fact]
    public void An_index_beyond_what_lem_inherits_shows_nothing_rather_than_another_GPU() =>
        Assert.Equal([-1], EngineVisibility.Of([2], "2,GPU-b", _gpus.Path));

    [Fact]
    public void Without_a_driver_an_index_still_counts_within_what_lem_inherits() =>
        Assert.Equal([new GpuId(null, "GPU-b"), 3], EngineVisibility.Of([1, 0], "3,GPU-b", "/nowhere/libnvidia-ml.so.1"));

    [Fact]
    public void Where_nothing_is_chosen_an_engine_inherits_and_where_none_is_it_sees_none()
    {
        Assert.Null(EngineVisibility.Of(null, "2", _gpus.Path));
        Assert.Empty(EngineVisibility.Of([], "2", _gpus.Path)!);
    }
}
