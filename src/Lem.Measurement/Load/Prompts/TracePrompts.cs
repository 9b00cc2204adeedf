using Lem.Measurement.Load.Traces;

namespace Lem.Measurement.Load.Prompts;

/// <summary>
/// Prompts with the lengths of a recorded trace, in its order, and with its shared beginnings where it tells them. The words are ours: traces
/// hold none.
/// </summary>
static class TracePrompts
{
    public static IReadOnlyList<Prompt> Create(RecordedTrace trace, ulong seed)
    {
        var uses = new Dictionary<long, int>();
        foreach (var id in trace.Rows.SelectMany(row => row.Blocks ?? []))
            uses[id] = uses.GetValueOrDefault(id) + 1;

        // Families of their own, so that no block of a trace has the words of a row without blocks.
        var (blocks, rows) = (SplitMix64.Derive(seed, 0), SplitMix64.Derive(seed, 1));
        return [.. trace.Rows.Select((row, i) => new BlockPrompt(Blocks(row, (ulong)i), row.OutputTokens))];

        IReadOnlyList<PromptBlock> Blocks(TraceRow row, ulong number) => row.Blocks is { } ids
            ? [.. ids.Select((id, i) => new PromptBlock(
                SplitMix64.Derive(blocks, (ulong)id), Math.Min(RecordedTrace.BlockTokens, row.InputTokens - (i * RecordedTrace.BlockTokens)), uses[id] > 1))]
            : [new(SplitMix64.Derive(rows, number), row.InputTokens, IsShared: false)];
    }
}
