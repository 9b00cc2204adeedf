namespace Lem.Reporting.Listings;

/// <summary>How far an experiment has come.</summary>
public enum ExperimentState
{
    /// <summary>Every window asked for is measured and has a result.</summary>
    Aggregated,

    /// <summary>Measured windows stand in raw/ without a result.</summary>
    NotAggregated,

    /// <summary>Windows are still to be measured, and can be.</summary>
    Unfinished,

    /// <summary>Being measured now.</summary>
    Running,

    /// <summary>Windows are missing or torn, and there is no plan to measure them anew.</summary>
    Incomplete,
}
