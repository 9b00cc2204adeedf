using Lem.Measurement.Energy.Estimated;
using Xunit;

namespace Lem.Tests.Measurement.Energy.Estimated;

public class EstimateBasisTests
{
    const string Epyc = "AMD EPYC 7763 64-Core Processor"; // 280 W, 128 threads

    static EstimateBasis Basis(
        string? model = Epyc, int logical = 128, int visible = 128, double? quota = null, bool hypervisor = false, int sockets = 1, long? memory = null) =>
        new(model, logical, sockets, [.. Enumerable.Range(0, visible)], quota, hypervisor, memory);

    [Fact]
    public void A_whole_machine_draws_its_packages() => Assert.Equal(560, Basis(sockets: 2, logical: 256, visible: 256).FullPower.Value);

    [Fact]
    public void A_whole_machine_without_hyperthreads_draws_its_packages_too() => Assert.Equal(280, Basis(logical: 64, visible: 64).FullPower.Value);

    [Fact]
    public void A_guest_draws_its_share_of_a_package()
    {
        var guest = Basis(logical: 16, visible: 16, hypervisor: true);

        Assert.Equal(280.0 * 16 / 128, guest.FullPower.Value, 9);
        Assert.True(guest.Shared);
    }

    [Fact]
    public void Affinity_and_quota_make_a_share()
    {
        Assert.Equal(280.0 * 32 / 128, Basis(visible: 32).FullPower.Value, 9);
        Assert.Equal(280.0 * 4 / 128, Basis(quota: 4).FullPower.Value, 9);
        Assert.True(Basis(quota: 4).Shared);
        Assert.False(Basis().Shared);
    }

    [Fact]
    public void An_unknown_processor_draws_four_watts_for_each_CPU() => Assert.Equal(8, Basis("Intel(R) Xeon(R) Processor", 2, 2, hypervisor: true).FullPower.Value);

    [Fact]
    public void Memory_draws_by_its_size()
    {
        Assert.Equal(24, Basis(memory: 64L << 30).MemoryPower?.Value);
        Assert.Null(Basis().MemoryPower);
    }
}
