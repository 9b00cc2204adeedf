using Lem.Measurement.Energy;
using Xunit;

namespace Lem.Tests.Measurement.Energy;

public class GpuSelectionTests
{
    [Fact]
    public void Nothing_said_is_all_there_are() => Assert.Null(GpuSelection.Resolve(null, null));

    [Fact]
    public void The_environment_restricts_what_is_visible() => Assert.Equal(["GPU-b", "3"], GpuSelection.Resolve(null, "GPU-b, 3"));

    [Fact]
    public void An_index_counts_within_what_is_visible() => Assert.Equal(["GPU-b"], GpuSelection.Resolve(["1"], "2,GPU-b"));

    [Fact]
    public void A_UUID_is_itself() => Assert.Equal(["MIG-x"], GpuSelection.Resolve(["MIG-x"], "0"));

    [Fact]
    public void Like_CUDA_the_list_ends_at_the_first_invalid_entry()
    {
        Assert.Equal(["0"], GpuSelection.Resolve(null, "0,-1,2")!);
        Assert.Empty(GpuSelection.Resolve(null, "-1")!);
        Assert.Empty(GpuSelection.Resolve(null, "")!);
    }
}
