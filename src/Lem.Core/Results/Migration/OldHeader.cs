namespace Lem.Core.Results.Migration;

/// <summary>What has to be known of a file to put it beside those it belongs to.</summary>
/// <param name="Root">The results directory it lies in, as the older tools lay them out.</param>
/// <param name="Id">experiment_id.</param>
/// <param name="CycleIds">Of a multi-cycle file: the ids of its cycles.</param>
/// <param name="HasWorkers">Of an aggregate: its workers are inside.</param>
sealed record OldHeader(string Path, string Name, string Root, OldKind Kind, string Id, IReadOnlyList<string> CycleIds, bool HasWorkers)
{
    public static OldHeader Of(string path, OldFile file) => new(
        path,
        file.Name,
        RootOf(path),
        file.Kind,
        file.Content.Text("experiment_id") ?? throw OldDocument.Missing("experiment_id"),
        file.Kind == OldKind.Cycles ? [.. file.Content.Parts("cycle_results").Select(cycle => cycle.Text("experiment_id")).OfType<string>()] : [],
        file.Kind == OldKind.Aggregate && file.Content.Parts("process_results").Count > 0);

    /// <summary>aggregated/&lt;id&gt;.json and raw/&lt;id&gt;/process_0.json lie in the same results directory.</summary>
    public static string RootOf(string path)
    {
        var folder = new FileInfo(path).Directory!; // a file lies in a folder
        return (folder.Name == "aggregated" ? folder.Parent : folder.Parent?.Name == "raw" ? folder.Parent.Parent : folder)?.FullName ?? folder.FullName;
    }
}
