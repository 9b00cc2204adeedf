namespace Lem.Core.Results.Listing;

/// <summary>All results of a results directory in digests.</summary>
/// <param name="Results">By id of the window.</param>
/// <param name="Cycles">Statistics over cycles, by id of the experiment.</param>
/// <param name="Unreadable">Files that are no results, a sentence each, in the order of their names.</param>
public sealed record ResultListing(
    IReadOnlyDictionary<string, ResultDigest> Results,
    IReadOnlyDictionary<string, CycleDigest> Cycles,
    IReadOnlyList<string> Unreadable);
