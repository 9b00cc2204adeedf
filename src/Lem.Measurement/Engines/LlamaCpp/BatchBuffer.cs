using Lem.Measurement.Engines.LlamaCpp.Native;

namespace Lem.Measurement.Engines.LlamaCpp;

/// <summary>The tokens of the next computation, in native arrays that are used again and again.</summary>
sealed unsafe class BatchBuffer(int capacity) : IDisposable
{
    LlamaBatch _batch = LlamaNative.BatchInit(capacity, embeddings: 0, maxSequences: 1);

    public ref readonly LlamaBatch Native => ref _batch;

    public int Count => _batch.Count;

    public bool IsFull => _batch.Count == capacity;

    /// <summary>Adds a token of a sequence; its index in the batch is where its logits will be.</summary>
    public int Add(int token, int position, int sequence, bool wantsLogits)
    {
        var index = _batch.Count++;
        _batch.Tokens[index] = token;
        _batch.Positions[index] = position;
        _batch.SequenceCounts[index] = 1;
        _batch.Sequences[index][0] = sequence;
        _batch.WantsLogits[index] = (sbyte)(wantsLogits ? 1 : 0);
        return index;
    }

    public void Clear() => _batch.Count = 0;

    public void Dispose() => LlamaNative.BatchFree(_batch);
}
