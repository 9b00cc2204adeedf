using Lem.Measurement.Energy;
using Lem.Measurement.Nvml;
using Lem.Tests.Shared.Nvml;
using Xunit;

namespace Lem.Tests.Measurement.Energy;

public sealed class GpuNamesTests : IDisposable
{
    readonly NvmlScenario _gpus = new(devices: 3);
    NvmlReader? _nvml;

    // Opened late: what a scenario refuses is told before.
    GpuNames Names => new(_nvml ??= NvmlReader.Open(_gpus.Path, out _)!);

    static string Meter(int device) => $"gpu:{NvmlScenario.Uuid(device)}";

    public void Dispose()
    {
        _nvml?.Dispose();
        _gpus.Dispose();
    }

    [Fact]
    public void CUDA_counts_what_is_visible_in_the_order_in_which_it_is_named()
    {
        Assert.Equal([Meter(0), Meter(1), Meter(2)], Names.InCudaOrder(null));
        Assert.Equal([Meter(2), Meter(0)], Names.InCudaOrder("2,0"));
        Assert.Empty(Names.InCudaOrder("-1"));
    }

    [Fact]
    public void Behind_a_GPU_that_cannot_be_opened_no_index_is_certain_but_a_UUID_is()
    {
        _gpus.Tell(1, $"fail {(int)NvmlReturn.GpuIsLost}");

        Assert.Equal([Meter(0)], Names.InCudaOrder(null));
        Assert.Empty(Names.InCudaOrder("2"));
        Assert.Equal([Meter(2), Meter(0)], Names.InCudaOrder($"{NvmlScenario.Uuid(2)},0"));
    }

    [Fact]
    public void The_beginning_of_a_UUID_names_its_GPU_where_no_other_begins_so()
    {
        using var one = new NvmlScenario(devices: 1);
        using var nvml = NvmlReader.Open(one.Path, out _);

        Assert.Equal(0, new GpuNames(nvml!).Find("GPU-0000").Device?.Index);
        Assert.Null(new GpuNames(nvml!).Find("GPU-1").Device);
        Assert.Null(new GpuNames(nvml!).Find("GPU-").Device);
        Assert.Null(Names.Find("GPU-0000").Device);
    }

    [Theory]
    [InlineData("0", null, null, true)]
    [InlineData("0", null, "FASTEST_FIRST", true)]
    [InlineData("0", null, "PCI_BUS_ID", false)]
    [InlineData("GPU-x", null, null, false)]
    [InlineData("GPU-x", "1,0", null, true)]
    [InlineData(null, null, null, false)]
    public void Indices_are_unsure_where_cards_differ_and_CUDA_counts_the_fastest_first(string? gpu, string? visible, string? order, bool unsure)
    {
        _gpus.Profile(1, "v100");
        var chosen = GpuSelection.Resolve(gpu is null ? null : [gpu], visible);

        Assert.Equal(unsure ? "gpu_order_unsure" : null, Names.OrderDoubt(chosen, visible, order)?.Code);
    }

    [Fact]
    public void Cards_that_are_alike_are_in_one_order_only() => Assert.Null(Names.OrderDoubt(GpuSelection.Resolve(["0"], null), null, null));
}
