namespace Lem.Core.Results.Raw;

/// <summary>One request of the measured window: a line of requests_&lt;N&gt;.jsonl. Seconds count from window open on the monotonic clock.</summary>
/// <param name="I">Index of the request, in order of intended start; unique in the process.</param>
/// <param name="Prompt">Index of its prompt in the prompt set.</param>
/// <param name="IntendedS">When it should have been sent: latency counts from here.</param>
/// <param name="SentS">When it was sent; null if it never was.</param>
/// <param name="FirstS">First output token; null if none came.</param>
/// <param name="LastS">Last output token; null if none came.</param>
/// <param name="OutputTokens">0 also where nobody counted them: <paramref name="TokenSource"/> is null then.</param>
/// <param name="TokenSource">Who counted the tokens: engine, usage, tokenizer; null for a request that failed with output that nobody counted.</param>
/// <param name="GapsUs">Microseconds between consecutive arrivals after the first; null where arrivals were not stamped.</param>
/// <param name="GapTokens">
/// Output tokens of the arrival that ends each gap. Null: one each when there are output_tokens − 1 gaps, else unknown, and then there is no ITL.
/// </param>
/// <param name="PrefillS">Its prompt began to be computed; null where the engine does not tell.</param>
/// <param name="TokenizeMs">What turning its text into tokens took, whenever that was.</param>
/// <param name="EndS">When it was over, where that is not its last token: it failed, or brought none. Older files do not have it.</param>
public sealed record RequestRecord(
    int I,
    int Prompt,
    double IntendedS,
    double? SentS,
    double? FirstS,
    double? LastS,
    int InputTokens,
    int OutputTokens,
    string? TokenSource,
    int[]? GapsUs,
    int[]? GapTokens,
    bool Ok,
    RequestError? Error,
    double? PrefillS = null,
    double? TokenizeMs = null,
    double? EndS = null);
