namespace Lem.Measurement.Hub.Datasets;

/// <summary>Prompts of a data set.</summary>
/// <param name="Revision">The commit of the data set they were read at.</param>
/// <param name="Rows">Rows of the data set, those without a prompt included.</param>
/// <param name="Column">Where they stand in it.</param>
/// <param name="Texts">In the order that was asked for.</param>
public sealed record DatasetPrompts(string Revision, int Rows, string Column, IReadOnlyList<string> Texts);
