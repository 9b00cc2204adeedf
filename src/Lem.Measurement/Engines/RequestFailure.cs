namespace Lem.Measurement.Engines;

/// <summary>Why a request failed: data in the result, no exception.</summary>
/// <param name="Kind">Stable name, snake_case: <c>timeout</c>, <c>context_full</c>, <c>http_status</c>.</param>
public sealed record RequestFailure(string Kind, string Message)
{
    /// <summary>It was in flight when the run was stopped.</summary>
    public static RequestFailure Interrupted { get; } = new("interrupted", "the run was stopped while this request was in flight");
}
