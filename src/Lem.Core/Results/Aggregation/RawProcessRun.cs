using Lem.Core.Results.Raw;

namespace Lem.Core.Results.Aggregation;

/// <summary>One process's raw facts. The requests are read from disk as they are enumerated, each time anew.</summary>
public sealed record RawProcessRun(RawProcess Process, IEnumerable<RequestRecord> Requests);
