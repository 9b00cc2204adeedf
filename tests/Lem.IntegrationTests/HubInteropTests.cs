using Lem.IntegrationTests.RealParts;
using Lem.Measurement.Hub;
using Lem.Tests.Shared.Hub;
using Xunit;

namespace Lem.IntegrationTests;

/// <summary>One cache for lem and for huggingface_hub as Debian has it: what either fetched, the other finds; and both take our test hub for a hub.</summary>
public sealed class HubInteropTests : IDisposable
{
    const string Find = """
        import sys
        from huggingface_hub import hf_hub_download, scan_cache_dir, try_to_load_from_cache
        cache, repository, file = sys.argv[1:4]
        kind = "dataset" if "set" in repository else "model"
        print(try_to_load_from_cache(repository, file, cache_dir=cache, repo_type=kind))
        print(hf_hub_download(repository, file, cache_dir=cache, repo_type=kind, local_files_only=True))
        scan = scan_cache_dir(cache)
        print(sorted(scan.warnings, key=str), [(r.repo_id, r.repo_type, r.nb_files, sorted(r.refs)) for r in scan.repos])
        """;

    const string Download = """
        import sys
        from huggingface_hub import hf_hub_download
        print(hf_hub_download(sys.argv[2], sys.argv[3], cache_dir=sys.argv[1]))
        """;

    const string Lock = """
        import sys
        from filelock import FileLock, Timeout
        try:
            FileLock(sys.argv[1], timeout=0.2).acquire()
            print("free")
        except Timeout:
            print("held")
        """;

    static readonly byte[] Weights = [.. Enumerable.Range(0, 100_000).Select(i => (byte)(i / 7))];

    readonly SidRoot _debian = SidRoot.Require();
    readonly HubServer _server = new();
    readonly HttpClient _client = HubHttp.CreateClient();
    readonly string _cache;

    public HubInteropTests()
    {
        _cache = Path.Combine(_debian.Folder, "hub");
        var model = _server.Model("org/model");
        model.Large("sub/weights.gguf", Weights);
        model.Small("config.json", "{}\n");
        _server.Dataset("org/set").Small("data.jsonl", "{}\n");
    }

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _client.Dispose();
        _server.Dispose();
        _debian.Dispose();
    }

    [Theory]
    [InlineData("org/model", "sub/weights.gguf")]
    [InlineData("org/model", "config.json")]
    [InlineData("org/set", "data.jsonl")]
    public async Task What_lem_fetched_huggingface_hub_finds(string repository, string name)
    {
        var file = await FetchAsync(repository == "org/set" ? HubRepository.Dataset(repository) : HubRepository.Model(repository), name);

        var lines = (await PythonAsync(Find, _debian.NameOf(_cache), repository, name)).Split('\n');

        Assert.Equal([_debian.NameOf(file.Path), _debian.NameOf(file.Path)], lines[..2]);
        Assert.Equal($"[] [('{repository}', '{(repository == "org/set" ? "dataset" : "model")}', 1, ['main'])]", lines[2]);
    }

    [Fact]
    public async Task What_huggingface_hub_fetched_lem_finds_without_the_network()
    {
        var path = (await PythonAsync(Download, _debian.NameOf(_cache), "org/model", "sub/weights.gguf")).Trim();
        _server.Mischief = _ => new(Status: 503);

        var file = await FetchAsync(HubRepository.Model("org/model"), "sub/weights.gguf", isOffline: true);

        Assert.Equal(path, _debian.NameOf(file.Path));
        Assert.Equal(Weights, await File.ReadAllBytesAsync(file.Path, Cancellation));
        Assert.Equal((new string('a', 40), 64), (file.Commit, file.Etag?.Length));
    }

    [Fact]
    public async Task While_lem_fetches_a_file_huggingface_hub_waits_for_it()
    {
        var cache = new HubCache(_cache, symlinks: true, TimeProvider.System);
        var head = new HubFileHead("sub/weights.gguf", new('a', 40), new('e', 64), 1);
        var name = _debian.NameOf(Path.Combine(_cache, ".locks", "models--org--model", $"{head.Etag}.lock"));

        using (await cache.LockAsync(HubRepository.Model("org/model"), head, Cancellation))
            Assert.Equal("held\n", await PythonAsync(Lock, name));
        Assert.Equal("free\n", await PythonAsync(Lock, name));
    }

    Task<HubFile> FetchAsync(HubRepository repository, string name, bool isOffline = false)
    {
        var settings = new HubSettings(_server.Address, Viewer: null, _debian.Folder, _cache, Token: null, isOffline, Symlinks: true, "lem/test");
        return new HubFiles(new(_client, settings, TimeProvider.System), TimeProvider.System).EnsureAsync(repository, "main", name, progress: null, Cancellation);
    }

    async Task<string> PythonAsync(string script, params string[] arguments)
    {
        string[] settings = [$"HF_ENDPOINT={_server.Address}", "HF_HUB_DISABLE_PROGRESS_BARS=1", "HF_HUB_DISABLE_XET=1", "PYTHONWARNINGS=ignore"];
        var finished = await _debian.RunAsync("env", [.. settings, "python3", "-c", script, .. arguments], Cancellation);
        Assert.True(finished.ExitCode == 0, finished.Error);
        return finished.Output;
    }
}
