namespace Lem.Measurement.Hub.Datasets;

/// <summary>The rows of a data set at one revision, wherever they come from.</summary>
/// <param name="Revision">The commit.</param>
/// <param name="Rows">How many there are.</param>
/// <param name="Column">Where the prompts stand.</param>
/// <param name="ReadAsync">The prompts around a row, by their numbers; always that row's among them. Empty text = no prompt.</param>
sealed record DatasetSource(
    string Revision, int Rows, string Column, Func<int, CancellationToken, Task<IReadOnlyDictionary<int, string>>> ReadAsync);
