using Lem.Measurement.Energy;
using Xunit;

namespace Lem.Tests.Measurement.Energy;

public class GpuSelectionTests
{
    static IEnumerable<string?>? Names(string[]? requested, string? visible) => GpuSelection.Resolve(requested, visible)?.Select(gpu => gpu.Name);

    [Fact]
    public void Nothing_said_is_all_there_are() => Assert.Null(GpuSelection.Resolve(null, null));

    [Fact]
    public void The_environment_restricts_what_is_visible() => Assert.Equal(["GPU-b", "3"], Names(null, "GPU-b, 3"));

    [Fact]
    public void An_index_counts_within_what_is_visible() => Assert.Equal(["GPU-b"], Names(["1"], "2,GPU-b"));

    [Fact]
    public void An_index_beyond_what_is_visible_is_asked_for_and_names_nothing() =>
        Assert.Equal([new ChosenGpu("0", "2"), new ChosenGpu("2", null)], GpuSelection.Resolve(["0", "2"], "2,GPU-b"));

    [Fact]
    public void A_UUID_is_itself() => Assert.Equal(["MIG-x"], Names(["MIG-x"], "0"));

    [Fact]
    public void Like_CUDA_the_list_ends_at_the_first_invalid_entry()
    {
        Assert.Equal(["0"], Names(null, "0,-1,2")!);
        Assert.Empty(Names(null, "-1")!);
        Assert.Empty(Names(null, "")!);
    }
}
