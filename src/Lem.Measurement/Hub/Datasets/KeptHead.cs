namespace Lem.Measurement.Hub.Datasets;

/// <summary>First line of a file of kept prompts: what they are of.</summary>
/// <param name="Rows">Of the whole data set.</param>
public sealed record KeptHead(string Dataset, string Revision, string? Subset, string? Split, string Column, int Rows);
