namespace Lem.Measurement.Engines.LlamaCpp;

/// <summary>How a computation ended; what <c>llama_decode</c> returns.</summary>
enum DecodeStatus
{
    Done,

    /// <summary>The KV cache has no cells left for the batch.</summary>
    NoRoom,

    Cancelled,
}
