using Lem.Core;
using Lem.Core.Configuration;
using Lem.Measurement.Engines.LlamaCpp.Gguf;
using Lem.Measurement.Engines.LlamaCpp.Synthetic;
using Lem.Measurement.Hub;
using Lem.Tests.Shared.Hub;
using Xunit;

namespace Lem.Tests.Measurement.Hub;

public sealed class HubModelsTests : IDisposable
{
    readonly HubBench _bench = new();
    readonly ServedRepository _served;

    public HubModelsTests()
    {
        _served = _bench.Server.Model("org/model");
        _served.Small("config.json", "{}");
        _served.Large("Model-Q8_0.gguf", HubBench.Bytes(1000));
        _served.Large("Model-F16-00001-of-00002.gguf", HubBench.Bytes(2000));
        _served.Large("Model-F16-00002-of-00002.gguf", HubBench.Bytes(3000));
    }

    public void Dispose() => _bench.Dispose();

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task All_parts_of_a_split_model_are_fetched_beside_each_other()
    {
        var models = Models();

        var model = await FindAsync(models, "F16");
        Assert.False(models.IsHere(model));
        var first = await models.EnsureAsync(model, null, Cancellation);

        Assert.True(models.IsHere(model));
        Assert.EndsWith("Model-F16-00001-of-00002.gguf", first.Path, StringComparison.Ordinal);
        Assert.Equal([2000, 3000], GgufParts.Of(first.Path).Select(part => File.ReadAllBytes(part).Length));
        Assert.Equal(_served.Commit, await File.ReadAllTextAsync(_bench.Cached("models--org--model", "refs", "main"), Cancellation));
    }

    [Fact]
    public async Task A_model_that_was_found_stays_at_its_commit_whatever_its_branch_becomes()
    {
        var models = Models();
        var model = await FindAsync(models, "Q8_0");
        await models.EnsureAsync(model, null, Cancellation);
        _served.Commit = new('b', 40);

        Assert.Equal(new string('a', 40), (await models.EnsureAsync(model, null, Cancellation)).Commit);
        Assert.Equal(_served.Commit, (await FindAsync(models, "Q8_0")).Commit);
    }

    [Fact]
    public async Task Offline_a_tag_means_what_is_here()
    {
        var online = Models();
        await online.EnsureAsync(await FindAsync(online, "Q8_0"), null, Cancellation);

        var offline = Models(_bench.Offline);

        Assert.Equal(["Model-Q8_0.gguf"], (await FindAsync(offline, "q8_0")).Files);
        Assert.Contains("It has: Model-Q8_0.gguf.", (await Assert.ThrowsAsync<LemException>(() => FindAsync(offline, "F16"))).Hint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_revision_that_does_not_exist_is_told()
    {
        var error = await Assert.ThrowsAsync<LemException>(() => Models().FindAsync(new("org/model", "Q8_0"), "v2", Cancellation));

        Assert.Equal("the model org/model has no such revision: v2", error.Message);
    }

    [Fact]
    public async Task Of_a_model_that_is_not_here_only_the_beginning_is_fetched()
    {
        var folder = Directory.CreateDirectory(Path.Combine(_bench.Home, "made")).FullName;
        var path = Path.Combine(folder, "m.gguf");
        // 29 MiB, of which the head is far less than the first 4 MiB.
        SyntheticModelWriter.Write(SyntheticShape.Parse("synthetic:15m").Shape!, path, cancellationToken: Cancellation); // a known shape
        _served.Large("Big.gguf", await File.ReadAllBytesAsync(path, Cancellation));
        var models = Models();

        var file = await models.ReadHeadAsync(await FindAsync(models, "Big.gguf"), stream => GgufReader.Read(stream, "Big.gguf"), Cancellation);

        Assert.Equal(GgufReader.Read(path).Tensors.Select(tensor => (tensor.Name, tensor.Offset, tensor.Bytes)), file.Tensors.Select(tensor => (tensor.Name, tensor.Offset, tensor.Bytes)));
        Assert.Equal(new FileInfo(path).Length, file.LengthBytes);
        Assert.Equal("bytes=0-4194303", Assert.Single(_bench.Server.Requests, request => request.Target.StartsWith("/storage/", StringComparison.Ordinal)).Range);
        Assert.False(Directory.Exists(_bench.Cached("models--org--model")));
    }

    [Fact]
    public async Task A_reader_that_wants_more_of_the_beginning_gets_more()
    {
        _served.Large("Big.gguf", HubBench.Bytes(20 << 20));
        var models = Models();
        const int Wanted = 10 << 20;

        var read = await models.ReadHeadAsync(
            await FindAsync(models, "Big.gguf"),
            stream =>
            {
                var bytes = new byte[Wanted];
                stream.ReadExactly(bytes);
                return (bytes, stream.Length);
            },
            Cancellation);

        Assert.Equal(20 << 20, read.Length);
        Assert.True(HubBench.Bytes(20 << 20).AsSpan(0, Wanted).SequenceEqual(read.bytes));
    }

    HubModels Models(HubSettings? settings = null) => new(_bench.Files(settings));

    static Task<HubModel> FindAsync(HubModels models, string selector) => models.FindAsync(new GgufReference("org/model", selector), null, Cancellation);
}
