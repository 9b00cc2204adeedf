namespace Lem.Measurement.Hub.Datasets;

/// <summary>One kept prompt.</summary>
/// <param name="Row">Its number in the data set, from 0.</param>
/// <param name="Text">Empty where the row has none.</param>
sealed record KeptRow(int Row, string Text);
