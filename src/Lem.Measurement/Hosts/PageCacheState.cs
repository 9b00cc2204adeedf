using Lem.Core.Results;

namespace Lem.Measurement.Hosts;

/// <summary>How warm files were before they were read.</summary>
/// <param name="Word">evicted (by us), cold, partly, warm; null where nobody can tell.</param>
/// <param name="ResidentFraction">Share in memory, 0–1.</param>
sealed record PageCacheState(string? Word, double? ResidentFraction)
{
    // Readahead and a page or two that somebody holds do not make a start warm.
    const double Negligible = 0.01;

    /// <summary>Looks, after throwing the files out where that is wanted.</summary>
    public static PageCacheState Prepare(IReadOnlyList<string> files, bool evict)
    {
        var evicted = evict && PageCache.Evict(files);
        return Of(PageCache.ResidentFraction(files), evicted);
    }

    public static PageCacheState Of(double? residentFraction, bool evicted) => new(
        residentFraction switch
        {
            null => null,
            <= Negligible => evicted ? "evicted" : "cold",
            < 1 - Negligible => "partly",
            _ => "warm",
        },
        residentFraction);

    /// <summary>What is to be said of a cold start that was wanted and is none.</summary>
    public Finding? Doubt => Word is "evicted" or "cold" ? null : new(
        "page_cache_not_evicted",
        FindingSeverity.Warning,
        ResidentFraction is { } fraction
            ? FormattableString.Invariant($"{fraction:0 %} of the model's files stayed in the page cache: this start is not cold")
            : "whether the model's files are in the page cache cannot be known here: this start may not be cold",
        "load",
        "Another program holds the files mapped or locked, they lie in a file system in memory, or they belong to another user; copy the model, or end that program.",
        new() { ["resident_fraction"] = ResidentFraction });
}
