using System.Text.Json;
using Lem.Core;
using Lem.Core.Configuration;

namespace Lem.Measurement.Hub.Datasets;

/// <summary>Rows of data sets from the hub's viewer service: a hundred a call, without fetching the whole.</summary>
/// <remarks>API: huggingface/dataset-viewer, docs/source/rows.md. The commit whose rows these are comes in the header X-Revision.</remarks>
sealed class DatasetViewer(HubHttp http, HubRemote remote)
{
    const int PageRows = 100;

    /// <summary>The rows that are meant, or null where the viewer does not serve this data set.</summary>
    /// <param name="commit">What the hub has; stands in where the viewer tells no revision.</param>
    /// <exception cref="LemException">There is no such subset, split or column, or no one of them is meant.</exception>
    public async Task<DatasetSource?> OpenAsync(DatasetReference set, string commit, CancellationToken cancellationToken)
    {
        if (http.Settings.Viewer is not { } viewer || await SplitsAsync(viewer, set, cancellationToken) is not { } splits)
            return null;
        var (subset, split) = DatasetChoice.Choose(set, splits);
        var rows = new Uri(viewer, $"rows?dataset={Escaped(set.Repository.Id)}&config={Escaped(subset)}&split={Escaped(split)}");
        if (await PageAsync(rows, first: 0, cancellationToken) is not { } first)
            return null;

        var column = PromptColumns.Choose(set.Column, first.Columns) ?? throw PromptColumns.Missing($"the data set {set.Repository}", set.Column, first.Columns);
        var revision = first.Revision ?? commit;
        if (first.IsPartial)
            http.Tell($"the viewer has only the first {first.Rows} rows of {set.Repository}");
        return new(revision, first.Rows, column, ReadAsync);

        async Task<IReadOnlyDictionary<int, string>> ReadAsync(int row, CancellationToken cancellationToken)
        {
            var start = row / PageRows * PageRows;
            var page = start == 0 ? first : await PageAsync(rows, start, cancellationToken)
                ?? throw new LemException($"the viewer of {set.Repository} does not give rows {start} to {start + PageRows - 1}", "Try again later, or ask for fewer prompts (-n).");
            if ((page.Revision ?? commit) != revision)
                throw new LemException($"the data set {set.Repository} has changed while it was read", "Run the command again.");
            return page.TextsOf(column, set.Repository.Id);
        }
    }

    async Task<IReadOnlyList<(string Subset, string Split)>?> SplitsAsync(Uri viewer, DatasetReference set, CancellationToken cancellationToken)
    {
        using var response = await http.GetAsync(new Uri(viewer, $"splits?dataset={Escaped(set.Repository.Id)}"), HubRetry.Attempts, cancellationToken);
        if (!response.IsSuccessStatusCode)
            return null;
        using var json = await remote.JsonAsync(response, cancellationToken);
        if (!json.RootElement.TryGetProperty("splits", out var splits) || splits.ValueKind != JsonValueKind.Array)
            return null;
        List<(string, string)> found = [];
        foreach (var split in splits.EnumerateArray())
        {
            if (split.TryGetProperty("config", out var subset) && split.TryGetProperty("split", out var name))
                found.Add((subset.ToString(), name.ToString()));
        }

        return found.Count > 0 ? found : null;
    }

    async Task<DatasetPage?> PageAsync(Uri rows, int first, CancellationToken cancellationToken)
    {
        using var response = await http.GetAsync(new Uri($"{rows.AbsoluteUri}&offset={first}&length={PageRows}"), HubRetry.Attempts, cancellationToken);
        if (!response.IsSuccessStatusCode)
            return null;
        using var json = await remote.JsonAsync(response, cancellationToken);
        return DatasetPage.Of(json.RootElement, HubHeaders.ViewerRevision(response));
    }

    static string Escaped(string text) => Uri.EscapeDataString(text);
}
