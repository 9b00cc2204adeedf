namespace Lem.Core.Metrics.Flops;

/// <summary>How many parameters a model has, and how many of them work on a token.</summary>
/// <param name="Embedding">Token and position embeddings and the head; a head that is the embedding counts once.</param>
/// <param name="NonEmbedding">All others: <c>Total − Embedding</c>.</param>
/// <param name="ActiveNonEmbedding">Of those, without the experts that do not work on a given token; equal in dense models.</param>
public sealed record ParameterCounts(long Total, long Embedding, long NonEmbedding, long ActiveNonEmbedding);
