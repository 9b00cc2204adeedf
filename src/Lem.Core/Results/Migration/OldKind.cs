namespace Lem.Core.Results.Migration;

/// <summary>What a file of an older tool is.</summary>
enum OldKind
{
    /// <summary>No result: a configuration, a manifest, anything.</summary>
    Other,

    /// <summary>A result of this lem.</summary>
    Ours,

    /// <summary>raw/&lt;id&gt;/process_&lt;N&gt;.json: one worker of one experiment.</summary>
    Process,

    /// <summary>aggregated/&lt;id&gt;.json: one experiment, its workers inside.</summary>
    Aggregate,

    /// <summary>&lt;id&gt;_multi_cycle.json: several cycles, their aggregates inside.</summary>
    Cycles,

    /// <summary>process_&lt;N&gt;_timeseries.json.</summary>
    TimeSeries,

    /// <summary>result.json of the rewrite: one experiment.</summary>
    Llem,
}
