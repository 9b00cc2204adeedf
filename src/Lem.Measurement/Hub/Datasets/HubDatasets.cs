using Lem.Core;

namespace Lem.Measurement.Hub.Datasets;

/// <summary>Prompts of the hub's data sets: kept ones first, then those the viewer serves, then a file of the repository.</summary>
public sealed class HubDatasets
{
    /// <summary>Most rows that are read of one data set: beyond it a workload is no sample any more, and a thousand calls no courtesy.</summary>
    public const int MostRows = 100_000;

    readonly HubHttp _http;
    readonly HubFiles _files;
    readonly DatasetViewer _viewer;
    readonly KeptPrompts _kept;

    public HubDatasets(HubHttp http, HubFiles files)
    {
        (_http, _files) = (http, files);
        _viewer = new(http, files.Remote);
        _kept = new(http.Settings.Home);
    }

    /// <summary>What is kept of a data set, by the words it is asked for with; null = nothing.</summary>
    public KeptHead? Kept(DatasetReference set) => _kept.Read(set, revision: null)?.Head;

    /// <summary>Prompts in an order of rows; rows without a prompt are passed over.</summary>
    /// <param name="wanted">How many; null = all there are.</param>
    /// <param name="spare">How many more are welcome, for warm-up; never a reason to ask the network.</param>
    /// <param name="order">Numbers of rows in the order they are taken, from how many there are.</param>
    /// <param name="revision">The commit, of which prompts were read before; null = what is kept, else what the hub has.</param>
    /// <param name="progress">Told while a file is downloaded.</param>
    /// <exception cref="LemException">There is no such data set, it cannot be read, holds too little, or is not here and the hub out of reach.</exception>
    public async Task<DatasetPrompts> ReadAsync(
        DatasetReference set, int? wanted, int spare, Func<int, IEnumerable<int>> order, string? revision, IProgress<DownloadProgress>? progress,
        CancellationToken cancellationToken)
    {
        var kept = _kept.Read(set, revision);
        if (kept is var (head, known) && Take(order(head.Rows), known, wanted, spare) is { } texts)
            return new(head.Revision, head.Rows, head.Column, texts);
        if (_http.Settings.IsOffline)
        {
            throw new LemException(
                $"these prompts of the data set {set} are not kept in {_kept.FolderOf(set)}, and HF_HUB_OFFLINE forbids to fetch them",
                "Run the same command once with the network, or copy that folder from a machine that has it; -d builtin:starter and -p FILE need no network.");
        }

        try
        {
            _http.Tell($"reading prompts of {set}…");
            var source = await OpenAsync(set, progress, cancellationToken);
            RequireEnough(set, source, wanted);
            var rows = kept is var (old, found) && old.Revision == source.Revision ? found : [];
            return await ReadAsync(set, source, rows, order, wanted + spare, cancellationToken);
        }
        catch (HubUnreachableException e)
        {
            throw e.Explain($"what is wanted of the data set {set}", _kept.FolderOf(set));
        }
    }

    async Task<DatasetSource> OpenAsync(DatasetReference set, IProgress<DownloadProgress>? progress, CancellationToken cancellationToken)
    {
        // Asked first: it says clearly what is gated, private or misspelt, where the viewer does not.
        var hub = await _files.Remote.RevisionAsync(set.Repository, HubFiles.MainRevision, HubRetry.Attempts, cancellationToken);
        if (set.File is null && await _viewer.OpenAsync(set, hub.Commit, cancellationToken) is { } served)
            return served;

        var name = DatasetChoice.File(set, hub.Files);
        var file = await _files.EnsureAsync(set.Repository, hub.Commit, name, progress, cancellationToken);
        var (column, texts) = await DatasetFile.ReadAsync(file.Path, $"{set.Repository}:{name}", set.Column, cancellationToken);
        return new(hub.Commit, texts.Count, column, (row, _) => Task.FromResult<IReadOnlyDictionary<int, string>>(new Dictionary<int, string> { [row] = texts[row] }));
    }

    async Task<DatasetPrompts> ReadAsync(
        DatasetReference set, DatasetSource source, Dictionary<int, string> rows, Func<int, IEnumerable<int>> order, int? wanted, CancellationToken cancellationToken)
    {
        var texts = new List<string>();
        try
        {
            foreach (var row in order(source.Rows))
            {
                if (texts.Count == wanted)
                    break;
                if (!rows.TryGetValue(row, out var text))
                {
                    foreach (var (number, read) in await source.ReadAsync(row, cancellationToken))
                        rows[number] = read;
                    text = rows.TryGetValue(row, out var came) ? came : throw new LemException($"the viewer of {set.Repository} leaves out row {row}", "Try again later.");
                }

                if (!string.IsNullOrWhiteSpace(text))
                    texts.Add(text);
            }
        }
        finally
        {
            // What came before a failure is not asked for again.
            Keep(set, source, rows);
        }

        return new(source.Revision, source.Rows, source.Column, texts);
    }

    void Keep(DatasetReference set, DatasetSource source, Dictionary<int, string> rows)
    {
        try
        {
            _kept.Keep(set, new(set.ToString(), source.Revision, set.Subset, set.Split, source.Column, source.Rows), rows);
        }
        catch (LemException e)
        {
            _http.Tell($"the prompts of {set} are not kept for the next run: {e.Message}");
        }
    }

    // As many as wanted and welcome, or at least as many as wanted; null where rows are missing for that.
    static List<string>? Take(IEnumerable<int> order, Dictionary<int, string> rows, int? wanted, int spare)
    {
        var texts = new List<string>();
        foreach (var row in order)
        {
            if (texts.Count == wanted + spare)
                break;
            if (!rows.TryGetValue(row, out var text))
                return texts.Count >= wanted ? texts : null;
            if (!string.IsNullOrWhiteSpace(text))
                texts.Add(text);
        }

        return texts;
    }

    static void RequireEnough(DatasetReference set, DatasetSource source, int? wanted)
    {
        if (wanted > source.Rows)
            throw new LemException($"the data set {set} holds {source.Rows} rows, but {wanted} prompts were asked for", $"Ask for at most {source.Rows} (-n {source.Rows}), or name a larger source.");
        if ((wanted ?? source.Rows) > MostRows)
            throw new LemException($"the data set {set} holds {source.Rows} rows, and at most {MostRows} are read", "Ask for fewer: -n N, or dataset.sample_size.");
    }
}
