namespace Lem.Measurement.Energy.Baselines;

/// <summary>The cache's file: at most one entry for each key.</summary>
sealed record BaselineFile(string SchemaVersion, IReadOnlyList<BaselineEntry> Entries)
{
    public const string Schema = "1";
}
