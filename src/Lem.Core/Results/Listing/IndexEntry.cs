namespace Lem.Core.Results.Listing;

/// <summary>One file as it was when it was last read: a line of index.jsonl.</summary>
/// <param name="File">Its name; results and statistics over cycles differ by their endings.</param>
/// <param name="Modified">Time of its last change in ticks of 100 ns; with <paramref name="Size"/> it tells whether the file is still the same.</param>
/// <param name="Result">Of a result.</param>
/// <param name="Cycles">Of statistics over cycles.</param>
sealed record IndexEntry(string File, long Size, long Modified, ResultDigest? Result = null, CycleDigest? Cycles = null);
