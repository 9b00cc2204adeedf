namespace Lem.Core.Configuration;

/// <summary>Static batches (pytorch, llamacpp). On server engines <c>batch_size</c>, where given, is the concurrency.</summary>
/// <param name="MaxTokensPerBatch">Limit of the dynamic strategies.</param>
public sealed record BatchingConfig(
    BatchingStrategy Strategy = BatchingStrategy.Static,
    int BatchSize = 1,
    int? MaxTokensPerBatch = null)
{
    public IEnumerable<ConfigError> Validate()
    {
        if (BatchSize < 1)
            yield return new("batch_size", $"must be 1 or more, but is {BatchSize}");
        if (MaxTokensPerBatch < 1)
            yield return new("max_tokens_per_batch", $"must be 1 or more, but is {MaxTokensPerBatch}");
    }
}
