namespace Lem.Core.Results.Raw;

/// <summary>Why a request failed.</summary>
/// <param name="Kind">Stable name, snake_case: <c>timeout</c>, <c>http_status</c>, <c>context_full</c>.</param>
/// <param name="AfterTokens">Output tokens that had come by then; null where the server told no numbers.</param>
public sealed record RequestError(string Kind, string Message, int? AfterTokens);
