namespace Lem.Cli.Comparisons;

/// <summary>In what form a comparison is told.</summary>
enum ComparisonFormat
{
    /// <summary>Figures and sentences for people.</summary>
    Table,

    /// <summary>All of it, for programs.</summary>
    Json,

    /// <summary>A row per metric and pair.</summary>
    Csv,
}
