using System.Text.RegularExpressions;

namespace Lem.Core.Results.Migration;

/// <summary>Sorts the older tools' files into experiments. What stands in a file and again inside another is one experiment, not two.</summary>
static partial class OldExperiments
{
    /// <summary>Files by experiment: the first is the one that says most; several only where they are workers or cycles.</summary>
    public static IEnumerable<IReadOnlyList<OldHeader>> Sort(IReadOnlyList<OldHeader> headers)
    {
        var cycles = headers.Where(h => h.Kind == OldKind.Cycles).ToList();
        var inCycles = cycles.SelectMany(file => file.CycleIds.Append(file.Id).Select(id => (file.Root, id))).ToHashSet();
        var aggregates = headers.Where(h => h.Kind == OldKind.Aggregate && !inCycles.Contains((h.Root, h.Id))).ToList();
        var workers = headers.Where(h => h.Kind == OldKind.Process && !inCycles.Contains((h.Root, h.Id))).ToLookup(h => (h.Root, h.Id));
        var aggregated = aggregates.Select(h => (h.Root, h.Id)).ToHashSet();
        return
        [
            .. cycles.Select(file => (IReadOnlyList<OldHeader>)[file]),
            .. aggregates.Select(file => (IReadOnlyList<OldHeader>)(file.HasWorkers ? [file] : [file, .. workers[(file.Root, file.Id)]])),
            .. workers.Where(group => !aggregated.Contains(group.Key)).Select(group => (IReadOnlyList<OldHeader>)[.. group]),
            .. headers.Where(h => h.Kind == OldKind.Llem).GroupBy(StudyCell).Select(cell => (IReadOnlyList<OldHeader>)[.. cell.OrderBy(CycleOf)]),
        ];
    }

    /// <summary>Which cycle a result of a study is, from one: <c>003_c2_gpt2-vllm_0a1b2c3d</c> is the second. Others are the first of themselves.</summary>
    public static int CycleOf(OldHeader result) =>
        CellFolder().Match(FolderOf(result)) is { Success: true } match && int.TryParse(match.Groups["cycle"].ValueSpan, out var cycle) && cycle >= 1 ? cycle : 1;

    /// <summary>Model and engine of a result's folder; null where it is named otherwise.</summary>
    public static string? CellOf(OldHeader result) => CellFolder().Match(FolderOf(result)) is { Success: true } match ? match.Groups["cell"].Value : null;

    // Cycles of one cell lie side by side and differ by number only.
    static string StudyCell(OldHeader result) => CellFolder().Match(FolderOf(result)) is { Success: true } match
        ? $"{Path.GetDirectoryName(Path.GetDirectoryName(result.Path))}\n{match.Groups["cell"].Value}\n{match.Groups["hash"].Value}"
        : result.Path;

    static string FolderOf(OldHeader result) => Path.GetFileName(Path.GetDirectoryName(result.Path)) ?? "";

    [GeneratedRegex(@"^(?:\d+_)?c(?<cycle>\d{1,6})_(?<cell>.+)_(?<hash>[0-9a-f]{8})$")]
    private static partial Regex CellFolder();
}
