using Lem.Measurement.Engines;
using Lem.Measurement.Engines.LlamaCpp;

namespace Lem.Benchmarks;

/// <summary>The least there is to generating: prompts in, then the greatest logit of each row back in, and one stamp per phase.</summary>
sealed class BareLoop(LoadedLlama llama, GenerationRequest[] requests)
{
    readonly LlamaContext _context = llama.Context;
    readonly BatchBuffer _buffer = llama.Buffer;
    readonly int[] _tokens = new int[requests.Length];
    readonly int[] _logits = new int[requests.Length];

    public PhaseRates Run()
    {
        var cpu = Environment.CpuUsage.TotalTime;
        var start = TimeProvider.System.GetTimestamp();
        Prefill();
        var prefillEnd = TimeProvider.System.GetTimestamp();
        for (var step = 0; step < requests[0].MaxTokens - 1; step++)
        {
            for (var row = 0; row < requests.Length; row++)
                _logits[row] = _buffer.Add(_tokens[row], requests[row].Prompt.Count + step, row, wantsLogits: true);
            Compute(0, requests.Length);
        }

        return PhaseRates.Of(requests, start, prefillEnd, TimeProvider.System.GetTimestamp(), cpu);
    }

    void Prefill()
    {
        _context.Clear(wipe: false);
        var computed = 0;
        for (var row = 0; row < requests.Length; row++)
        {
            var prompt = requests[row].Prompt;
            for (var i = 0; i < prompt.Count; i++)
            {
                if (_buffer.IsFull)
                {
                    Compute(computed, row);
                    computed = row;
                }

                _logits[row] = _buffer.Add(prompt[i], i, row, wantsLogits: i == prompt.Count - 1);
            }
        }

        Compute(computed, requests.Length);
    }

    void Compute(int firstRow, int endRow)
    {
        _context.Decode(_buffer);
        _buffer.Clear();
        for (var row = firstRow; row < endRow; row++)
            _tokens[row] = Logits.IndexOfMax(_context.Logits(_logits[row]));
    }
}
