using Lem.Measurement.Hub;
using Lem.Tests.Core.Results.Storage;
using Lem.Tests.Fakes;
using Lem.Tests.Shared.Hub;

namespace Lem.Tests.Measurement.Hub;

/// <summary>A hub on this machine, an empty cache, and a clock on which waiting takes no time.</summary>
sealed class HubBench : IDisposable
{
    readonly ScratchDirectory _home = new();
    readonly HttpClient _client = HubHttp.CreateClient();

    public HubServer Server { get; } = new();

    public ManualClock Clock { get; } = new();

    public List<string> Told { get; } = [];

    public string Home => _home.Path;

    public HubSettings Settings => new(
        Server.Address, Server.Address, Home, Path.Combine(Home, "hub"), Token: null, IsOffline: false, Symlinks: true, "lem/test");

    public HubSettings Offline => Settings with { IsOffline = true };

    public HubHttp Http(HubSettings? settings = null, TimeProvider? time = null, TimeSpan? patience = null) =>
        new(_client, settings ?? Settings, time ?? Clock, Told.Add) { Patience = patience ?? TimeSpan.FromSeconds(30) };

    public HubFiles Files(HubSettings? settings = null, TimeProvider? time = null, TimeSpan? patience = null, Func<string, long?>? freeBytes = null) =>
        new(Http(settings, time, patience), time ?? Clock, freeBytes);

    /// <summary>Path of something in the cache.</summary>
    public string Cached(params string[] names) => Path.Combine([Home, "hub", .. names]);

    /// <summary>Bytes that tell where they stand.</summary>
    public static byte[] Bytes(int count) => [.. Enumerable.Range(0, count).Select(i => (byte)(i * 31 + i / 251))];

    public void Dispose()
    {
        Server.Dispose();
        _client.Dispose();
        _home.Dispose();
    }
}
