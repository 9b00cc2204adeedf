using Lem.Core;
using Lem.Measurement.Engines.LlamaCpp.Synthetic;
using Xunit;

namespace Lem.Tests.Measurement.Engines.LlamaCpp.Synthetic;

public sealed class SyntheticModelCacheTests : IDisposable
{
    static readonly SyntheticShape Shape = SyntheticShape.Parse("synthetic:llama?layers=1&hidden=16&heads=2&ffn=32&vocab=300").Shape!;

    readonly string _folder = Directory.CreateTempSubdirectory("lem-cache-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_model_is_written_once()
    {
        var cache = new SyntheticModelCache(_folder, TimeProvider.System);
        var first = await cache.EnsureAsync(Shape, null, TestContext.Current.CancellationToken);
        var stamp = new DateTime(2001, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(first, stamp);

        var second = await cache.EnsureAsync(Shape, new Fails(), TestContext.Current.CancellationToken);

        Assert.Equal(first, second);
        Assert.Equal(stamp, File.GetLastWriteTimeUtc(second));
    }

    [Theory]
    [InlineData("cut short")]
    [InlineData("longer")]
    [InlineData("garbage")]
    public async Task A_damaged_file_is_written_anew(string damage)
    {
        var cache = new SyntheticModelCache(_folder, TimeProvider.System);
        var path = await cache.EnsureAsync(Shape, null, TestContext.Current.CancellationToken);
        var whole = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        byte[] damaged = damage switch
        {
            "cut short" => whole[..^1],
            "longer" => [.. whole, 0],
            _ => new byte[100],
        };
        await File.WriteAllBytesAsync(path, damaged, TestContext.Current.CancellationToken);

        await cache.EnsureAsync(Shape, null, TestContext.Current.CancellationToken);

        Assert.Equal(whole, await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Two_at_once_get_one_whole_file()
    {
        var caches = Enumerable.Range(0, 4).Select(_ => new SyntheticModelCache(_folder, TimeProvider.System));

        var paths = await Task.WhenAll(caches.Select(cache => cache.EnsureAsync(Shape, null, TestContext.Current.CancellationToken)));

        Assert.Single(paths.Distinct());
        Assert.Equal(SyntheticModelWriter.LengthBytes(Shape), new FileInfo(paths[0]).Length);
    }

    [Fact]
    public async Task A_full_disk_tells_the_bytes_it_needs()
    {
        var cache = new SyntheticModelCache(_folder, TimeProvider.System, freeBytes: _ => 10);

        var failure = await Assert.ThrowsAsync<LemException>(() => cache.EnsureAsync(Shape, null, TestContext.Current.CancellationToken));

        Assert.Contains($"needs {SyntheticModelWriter.LengthBytes(Shape)} bytes, but only 10 are free", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cancelled_write_leaves_no_model()
    {
        using var cancel = new CancellationTokenSource();
        var cache = new SyntheticModelCache(_folder, TimeProvider.System);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            cache.EnsureAsync(SyntheticShapes.Find("tiny")!, new Cancels(cancel), cancel.Token));

        Assert.Empty(Directory.GetFiles(_folder, "*.gguf"));
        Assert.Empty(Directory.GetFiles(_folder, "*.tmp"));
    }

    [Fact]
    public async Task A_folder_that_cannot_be_made_is_told()
    {
        var file = Path.Combine(_folder, "file");
        await File.WriteAllTextAsync(file, "", TestContext.Current.CancellationToken);
        var cache = new SyntheticModelCache(Path.Combine(file, "models"), TimeProvider.System);

        var failure = await Assert.ThrowsAsync<LemException>(() => cache.EnsureAsync(Shape, null, TestContext.Current.CancellationToken));

        Assert.Contains("cannot be written", failure.Message, StringComparison.Ordinal);
    }

    sealed class Fails : IProgress<double>
    {
        public void Report(double value) => Assert.Fail("nothing is to be written");
    }

    sealed class Cancels(CancellationTokenSource source) : IProgress<double>
    {
        public void Report(double value) => source.Cancel();
    }
}
