using Lem.Cli.Terminal;
using Lem.Measurement.Hub;
using Lem.Measurement.Hub.Datasets;

namespace Lem.Cli.Hub;

/// <summary>The Hugging Face hub as a command uses it. Opened only where something of the hub is needed.</summary>
sealed class HubAccess : IDisposable
{
    readonly HttpClient _client = HubHttp.CreateClient();

    /// <param name="isQuiet">Nothing is said of what is fetched.</param>
    public HubAccess(CliHost host, Messages messages, bool isQuiet = false)
    {
        Settings = HubSettings.From(host.Variable, host.Environment.HomeDirectory, $"lem/{LemVersion.Number}");
        var http = new HubHttp(_client, Settings, host.Time, isQuiet ? null : messages.Note);
        Files = new(http, host.Time);
        Models = new(Files);
        Datasets = new(http, Files);
        Progress = isQuiet ? null : new DownloadDisplay(host, messages);
    }

    public HubSettings Settings { get; }

    public HubFiles Files { get; }

    public HubModels Models { get; }

    public HubDatasets Datasets { get; }

    /// <summary>Shows downloads to a person.</summary>
    public IProgress<DownloadProgress>? Progress { get; }

    public void Dispose() => _client.Dispose();
}
