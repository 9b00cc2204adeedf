namespace Lem.Cli.Metering;

/// <summary>What <c>lem measure</c> is asked to do.</summary>
/// <param name="Words">The program and its arguments.</param>
/// <param name="Gpus">Value of <c>--gpus</c>, or null.</param>
/// <param name="Baseline">Length of the idle stretches; null = none.</param>
/// <param name="Output">File for the answer as JSON, or null.</param>
/// <param name="Samples">File for the time series, or null.</param>
sealed record MeasureRequest(
    IReadOnlyList<string> Words, string? Gpus, TimeSpan? Baseline, string? Output, string? Samples, TimeSpan SampleInterval, bool Json, bool Quiet);
