using Lem.Measurement.Hosts;
using Xunit;

namespace Lem.Tests.Measurement.Hosts;

public sealed class PageCacheTests : IDisposable
{
    // Beside the tests and not in /tmp, which may be a file system in memory: there is nothing to evict to.
    readonly string _path = Path.Combine(AppContext.BaseDirectory, $"page-cache-{Guid.NewGuid():N}.bin");

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void A_file_just_written_is_in_memory_and_evicted_it_is_not()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the page cache is looked at on Linux only");
        File.WriteAllBytes(_path, new byte[4 << 20]);
        var before = PageCache.ResidentFraction([_path]);

        Assert.True(PageCache.Evict([_path]));

        Assert.Equal(1, before);
        Assert.InRange(PageCache.ResidentFraction([_path]) ?? double.NaN, 0, 0.01);
    }

    [Fact]
    public void A_file_that_is_not_there_has_no_fraction() => Assert.Null(PageCache.ResidentFraction([_path]));

    [Theory]
    [InlineData(0.0, true, "evicted", false)]
    [InlineData(0.0, false, "cold", false)]
    [InlineData(0.4, true, "partly", true)]
    [InlineData(1.0, true, "warm", true)]
    [InlineData(null, true, null, true)]
    public void What_stayed_in_memory_is_doubted(double? fraction, bool evicted, string? word, bool isDoubted)
    {
        var state = PageCacheState.Of(fraction, evicted);

        Assert.Equal(word, state.Word);
        Assert.Equal(isDoubted, state.Doubt is not null);
    }
}
