using System.Security.Cryptography;
using Lem.Core;
using Lem.Measurement.Hub;
using Lem.Tests.Shared.Hub;
using Xunit;

namespace Lem.Tests.Measurement.Hub;

public sealed class HubFilesTests : IDisposable
{
    const string Folder = "models--org--model";

    static readonly HubRepository Model = HubRepository.Model("org/model");
    static readonly byte[] Weights = HubBench.Bytes(300_000);
    static readonly string WeightsEtag = Convert.ToHexStringLower(SHA256.HashData(Weights));

    readonly HubBench _bench = new();
    readonly ServedRepository _served;

    public HubFilesTests()
    {
        _served = _bench.Server.Model("org/model");
        _served.Large("weights/model.gguf", Weights);
        _served.Small("config.json", "hello\n");
    }

    public void Dispose() => _bench.Dispose();

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    string Snapshot => _bench.Cached(Folder, "snapshots", _served.Commit, "weights", "model.gguf");

    string Incomplete => _bench.Cached(Folder, "blobs", $"{WeightsEtag}.incomplete");

    [Fact]
    public async Task A_large_file_lies_in_the_cache_as_every_tool_expects_it()
    {
        var file = await EnsureAsync();

        Assert.Equal(new HubFile(Snapshot, _served.Commit, WeightsEtag), file);
        Assert.Equal(Weights, await File.ReadAllBytesAsync(file.Path, Cancellation));
        Assert.Equal(Path.Combine("..", "..", "..", "blobs", WeightsEtag), new FileInfo(file.Path).LinkTarget);
        Assert.Equal(_served.Commit, await File.ReadAllTextAsync(_bench.Cached(Folder, "refs", "main"), Cancellation));
        Assert.Equal([WeightsEtag], Directory.GetFiles(_bench.Cached(Folder, "blobs")).Select(blob => Path.GetFileName(blob)));
    }

    [Fact]
    public async Task A_small_file_is_named_by_git()
    {
        // echo hello | git hash-object --stdin
        var file = await EnsureAsync("config.json");

        Assert.Equal("ce013625030ba8dba906f756967f9e9ca394464a", file.Etag);
        Assert.Equal("hello\n", await File.ReadAllTextAsync(file.Path, Cancellation));
    }

    [Fact]
    public async Task What_is_here_is_not_fetched_again()
    {
        await EnsureAsync();
        var requests = _bench.Server.Requests.Count;

        Assert.Equal(Snapshot, (await EnsureAsync()).Path);
        Assert.Equal(["HEAD"], _bench.Server.Requests.Skip(requests).Select(request => request.Method));

        Assert.Equal(Snapshot, (await EnsureAsync(revision: _served.Commit)).Path);
        Assert.Equal(requests + 1, _bench.Server.Requests.Count);
    }

    [Fact]
    public async Task The_same_content_in_another_commit_is_only_linked()
    {
        await EnsureAsync();
        _served.Commit = new('b', 40);

        var file = await EnsureAsync();

        Assert.Equal((_served.Commit, WeightsEtag), (file.Commit, file.Etag));
        Assert.Single(_bench.Server.Requests, request => request.Target.StartsWith("/storage/", StringComparison.Ordinal));
        Assert.Equal(_served.Commit, await File.ReadAllTextAsync(_bench.Cached(Folder, "refs", "main"), Cancellation));
    }

    [Fact]
    public async Task A_connection_that_is_cut_goes_on_where_it_ended()
    {
        var cuts = 0;
        _bench.Server.Mischief = request => IsContent(request) && cuts++ < 2 ? new(CutAfterBytes: 100_000) : null;

        Assert.Equal(Weights, await File.ReadAllBytesAsync((await EnsureAsync()).Path, Cancellation));

        var ranges = _bench.Server.Requests.Where(IsContent).Select(request => request.Range).ToList();
        Assert.Equal(3, ranges.Count);
        Assert.Null(ranges[0]);
        Assert.All(ranges[1..], range => Assert.Matches(@"^bytes=[1-9]\d*-$", range));
    }

    [Fact]
    public async Task A_connection_that_stands_still_counts_as_cut()
    {
        var silences = 0;
        _bench.Server.Mischief = request => IsContent(request) && silences++ == 0 ? new(Silence: 50_000) : null;

        var file = await _bench.Files(patience: TimeSpan.FromMilliseconds(200)).EnsureAsync(Model, "main", "weights/model.gguf", null, Cancellation);

        Assert.Equal(Weights, await File.ReadAllBytesAsync(file.Path, Cancellation));
    }

    [Fact]
    public async Task What_an_earlier_process_began_is_finished()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Incomplete)!);
        await File.WriteAllBytesAsync(Incomplete, Weights[..123_456], Cancellation);

        Assert.Equal(Weights, await File.ReadAllBytesAsync((await EnsureAsync()).Path, Cancellation));
        Assert.Equal("bytes=123456-", _bench.Server.Requests.Last(IsContent).Range);
        Assert.False(File.Exists(Incomplete));
    }

    [Fact]
    public async Task A_server_that_knows_no_ranges_sends_all_again()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Incomplete)!);
        await File.WriteAllBytesAsync(Incomplete, Weights[..1000], Cancellation);
        _bench.Server.Mischief = _ => new(IgnoreRange: true);

        Assert.Equal(Weights, await File.ReadAllBytesAsync((await EnsureAsync()).Path, Cancellation));
    }

    [Fact]
    public async Task A_wrong_beginning_is_thrown_away_and_all_of_it_fetched_anew()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Incomplete)!);
        await File.WriteAllBytesAsync(Incomplete, new byte[1000], Cancellation);

        Assert.Equal(Weights, await File.ReadAllBytesAsync((await EnsureAsync()).Path, Cancellation));
        Assert.Equal(["bytes=1000-", null], _bench.Server.Requests.Where(IsContent).Select(request => request.Range));
    }

    [Fact]
    public async Task A_wrong_checksum_is_an_error_and_leaves_nothing()
    {
        _bench.Server.Mischief = request => IsContent(request) ? new(Spoil: true) : null;

        var error = await Assert.ThrowsAsync<LemException>(() => EnsureAsync());

        Assert.Equal($"org/model weights/model.gguf: what came is not the file: its checksum is not {WeightsEtag}", error.Message);
        Assert.Empty(Directory.GetFiles(_bench.Cached(Folder, "blobs")));
        Assert.False(Path.Exists(Snapshot));
    }

    [Fact]
    public async Task A_connection_that_always_breaks_ends_with_what_came_kept()
    {
        _bench.Server.Mischief = request => IsContent(request) ? new(CutAfterBytes: request.Range is null ? 5000 : 0) : null;

        var error = await Assert.ThrowsAsync<LemException>(() => EnsureAsync());

        Assert.Contains("model.gguf breaks off at byte 5000 of 300000", error.Message, StringComparison.Ordinal);
        Assert.Equal(Weights[..5000], await File.ReadAllBytesAsync(Incomplete, Cancellation));
    }

    [Fact]
    public async Task Two_who_want_the_same_file_fetch_it_once()
    {
        // Each with a clock that really waits: they take turns at a lock.
        var files = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ =>
            _bench.Files(time: TimeProvider.System).EnsureAsync(Model, "main", "weights/model.gguf", null, Cancellation)));

        Assert.Single(files.Distinct());
        Assert.Single(_bench.Server.Requests, request => request.Target.StartsWith("/storage/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_links_the_snapshot_holds_the_file_itself()
    {
        var files = _bench.Files(_bench.Settings with { Symlinks = false });

        var file = await files.EnsureAsync(Model, "main", "weights/model.gguf", null, Cancellation);

        Assert.Null(new FileInfo(file.Path).LinkTarget);
        Assert.Equal(Weights, await File.ReadAllBytesAsync(file.Path, Cancellation));
        Assert.Equal(new HubFile(Snapshot, _served.Commit, null), await files.EnsureAsync(Model, "main", "weights/model.gguf", null, Cancellation));
    }

    [Fact]
    public async Task A_full_disk_is_told_before_anything_is_fetched()
    {
        var error = await Assert.ThrowsAsync<LemException>(() =>
            _bench.Files(freeBytes: _ => 299_999).EnsureAsync(Model, "main", "weights/model.gguf", null, Cancellation));

        Assert.StartsWith("org/model weights/model.gguf: 300000 bytes are still to come, but only 299999 are free in ", error.Message, StringComparison.Ordinal);
        Assert.Contains("HF_HOME", error.Hint, StringComparison.Ordinal);
        Assert.DoesNotContain(_bench.Server.Requests, IsContent);
    }

    [Fact]
    public async Task Offline_the_cache_alone_answers()
    {
        await EnsureAsync();
        var requests = _bench.Server.Requests.Count;

        var offline = _bench.Files(_bench.Offline);

        Assert.Equal(Snapshot, (await offline.EnsureAsync(Model, "main", "weights/model.gguf", null, Cancellation)).Path);
        var error = await Assert.ThrowsAsync<LemException>(() => offline.EnsureAsync(Model, "main", "config.json", null, Cancellation));
        Assert.Equal($"org/model config.json is not in the cache {_bench.Cached(Folder)}, and HF_HUB_OFFLINE forbids to fetch it", error.Message);
        Assert.Equal(requests, _bench.Server.Requests.Count);
    }

    [Fact]
    public async Task A_hub_out_of_reach_is_replaced_by_what_is_here_at_once_and_with_a_word()
    {
        await EnsureAsync();
        _bench.Server.Mischief = _ => new(Status: 503);
        var before = _bench.Clock.GetTimestamp();

        Assert.Equal(Snapshot, (await EnsureAsync()).Path);

        Assert.Equal(before, _bench.Clock.GetTimestamp());
        Assert.Equal("127.0.0.1 cannot be reached: it answers 503 (Service Unavailable); org/model is taken from the cache as it was last known (aaaaaaaa)", _bench.Told[^1]);
        var error = await Assert.ThrowsAsync<LemException>(() => EnsureAsync("config.json"));
        Assert.Contains($"and org/model config.json is not in the cache {_bench.Cached(Folder)}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Progress_reaches_the_end()
    {
        var progress = new List<DownloadProgress>();

        await _bench.Files().EnsureAsync(Model, "main", "weights/model.gguf", new Reports(progress), Cancellation);

        Assert.Equal(new DownloadProgress("weights/model.gguf", 300_000, 300_000), progress[^1]);
        Assert.Equal(progress, progress.OrderBy(p => p.DoneBytes));
    }

    [Theory]
    [InlineData("../../elsewhere")]
    [InlineData("/etc/passwd")]
    public async Task No_name_leads_out_of_the_cache(string name)
    {
        var error = await Assert.ThrowsAsync<LemException>(() => EnsureAsync(name));

        Assert.Contains("is no name of a file", error.Message, StringComparison.Ordinal);
        Assert.Empty(_bench.Server.Requests);
    }

    [Fact]
    public async Task What_is_no_hub_is_recognised()
    {
        _bench.Server.Mischief = _ => new(Status: 200);

        Assert.Contains("does not answer as the Hugging Face hub does", (await Assert.ThrowsAsync<LemException>(() => EnsureAsync())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_gives_up_is_not_told_of_a_broken_connection()
    {
        using var stop = new CancellationTokenSource();
        _bench.Server.Mischief = request =>
        {
            if (IsContent(request))
                stop.Cancel();
            return null;
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _bench.Files().EnsureAsync(Model, "main", "weights/model.gguf", null, stop.Token));
    }

    static bool IsContent(HubRequest request) => request.Target.StartsWith("/storage/", StringComparison.Ordinal);

    Task<HubFile> EnsureAsync(string file = "weights/model.gguf", string revision = "main") => _bench.Files().EnsureAsync(Model, revision, file, null, Cancellation);

    sealed class Reports(List<DownloadProgress> reports) : IProgress<DownloadProgress>
    {
        public void Report(DownloadProgress value) => reports.Add(value);
    }
}
