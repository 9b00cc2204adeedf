using Lem.Core;
using Lem.Core.Metrics.Flops;
using Lem.Measurement.Engines.LlamaCpp.Native;

namespace Lem.Measurement.Engines.LlamaCpp.Tracing;

/// <summary>A small context beside the measured one, on the same weights and with the same kinds of kernels, whose graphs are counted.</summary>
sealed class TracingContext : IDisposable
{
    // Room for the largest graph that is counted (three blocks of cells), in small pieces, which need little workspace.
    const int ContextTokens = 4 * MicroBatchPlan.CellBlock;
    const int BatchTokens = 64;

    readonly GraphCounter _counter = new();
    readonly LlamaContext _context;
    readonly BatchBuffer _buffer = new(BatchTokens);

    /// <exception cref="LemException">There is no memory for it.</exception>
    public TracingContext(LlamaLibrary library, LlamaModel model, LlamaCppOptions options, int threads)
    {
        var small = options with
        {
            MaxBatch = 1,
            ContextTokens = ContextTokens,
            BatchTokens = BatchTokens,
            MicroBatchTokens = BatchTokens,
            PersistentThreads = false,
        };
        LlamaContext? context = null;
        try
        {
            _context = context = LlamaContext.Create(library, model, small, threads, _counter);
        }
        finally
        {
            if (context is null)
            {
                _buffer.Dispose();
                _counter.Dispose();
            }
        }
    }

    /// <summary>FLOP of a graph of this shape, or the operation whose work is unknown.</summary>
    public (double? Flop, string? Unknown) Count(MicroBatch call)
    {
        _context.Clear(wipe: false);
        var position = 0;
        _counter.Skip();
        while (position < call.Cells - MicroBatchPlan.CellBlock)
            position = Compute(position, BatchTokens, outputs: 0);

        _counter.Count();
        Compute(position, call.Tokens, call.Outputs);
        return (_counter.Flop, _counter.Unknown);
    }

    public void Dispose()
    {
        _buffer.Dispose();
        _context.Dispose();
        _counter.Dispose();
    }

    // Which tokens they are does not matter to the work.
    int Compute(int position, int tokens, int outputs)
    {
        _buffer.Clear();
        for (var i = 0; i < tokens; i++)
            _buffer.Add(token: 0, position + i, sequence: 0, wantsLogits: i >= tokens - outputs);
        if (_context.Decode(_buffer) != DecodeStatus.Done)
            throw new LemException("the context for tracing has no room", "This is a defect of lem; please report it.");
        return position + tokens;
    }
}
