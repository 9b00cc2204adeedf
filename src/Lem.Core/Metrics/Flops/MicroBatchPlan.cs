namespace Lem.Core.Metrics.Flops;

/// <summary>Which graphs llama.cpp computes for a static batch: how it splits calls into micro-batches, and over how many cells each runs.</summary>
/// <remarks>
/// llama-kv-cache.cpp and llama-batch.cpp: with one stream of cells (a unified cache, or one sequence) a call is cut after every n_ubatch tokens;
/// with a stream for each sequence, neighbouring sequences are computed together, as many tokens of each, as long as all of them have some.
/// Attention runs over the cells of the fullest stream, rounded up to 256.
/// </remarks>
/// <param name="BatchTokens">n_batch: most tokens in a call.</param>
/// <param name="MicroBatchTokens">n_ubatch: most tokens in a graph.</param>
/// <param name="IsUnified">All sequences share one stream of cells.</param>
/// <param name="StreamCells">Cells of a stream.</param>
public sealed record MicroBatchPlan(int BatchTokens, int MicroBatchTokens, bool IsUnified, int StreamCells)
{
    public const int CellBlock = 256;

    /// <summary>The graphs of a batch's prompts and of its further tokens.</summary>
    /// <param name="rows">In the order of their sequences.</param>
    public (IReadOnlyList<MicroBatch> Prefill, IReadOnlyList<MicroBatch> Decode) Of(IReadOnlyList<RequestTokens> rows)
    {
        int[] filled = [.. rows.Select(row => row.CachedInput)];
        var prefill = Calls(rows).SelectMany(call => Split(call, filled)).ToList();
        var decode = new List<MicroBatch>();
        var steps = rows.Select(row => row.Output - 1).DefaultIfEmpty().Max();
        for (var step = 1; step <= steps; step++)
        {
            // Each row that goes on computes the token it chose last.
            int[] waiting = [.. rows.Select(row => row.Output > step ? 1 : 0)];
            decode.AddRange(Split(new(waiting, Ends: waiting), filled));
        }

        return (prefill, decode);
    }

    /// <summary>A call of llama_decode: tokens of each sequence, and whether (1 or 0) the logits of the last of them are asked for.</summary>
    readonly record struct Call(int[] Tokens, int[] Ends);

    // Prompts follow each other; a full buffer is computed wherever that falls.
    IEnumerable<Call> Calls(IReadOnlyList<RequestTokens> rows)
    {
        var (tokens, ends, room) = (new int[rows.Count], new int[rows.Count], BatchTokens);
        for (var row = 0; row < rows.Count; row++)
        {
            for (var left = rows[row].Input - rows[row].CachedInput; left > 0;)
            {
                if (room == 0)
                {
                    yield return new(tokens, ends);
                    (tokens, ends, room) = (new int[rows.Count], new int[rows.Count], BatchTokens);
                }

                var piece = Math.Min(left, room);
                (tokens[row], left, room) = (piece, left - piece, room - piece);
                ends[row] = left == 0 && rows[row].Output > 0 ? 1 : 0;
            }
        }

        if (room < BatchTokens)
            yield return new(tokens, ends);
    }

    IEnumerable<MicroBatch> Split(Call call, int[] filled) => IsUnified ? SplitSimply(call, filled) : SplitEqually(call, filled);

    IEnumerable<MicroBatch> SplitSimply(Call call, int[] filled)
    {
        var (tokens, outputs) = (0, 0);
        for (var row = 0; row < call.Tokens.Length; row++)
        {
            for (var left = call.Tokens[row]; left > 0;)
            {
                var piece = Math.Min(left, MicroBatchTokens - tokens);
                (tokens, left) = (tokens + piece, left - piece);
                filled[row] += piece;
                outputs += left == 0 ? call.Ends[row] : 0;
                if (tokens < MicroBatchTokens)
                    continue;
                yield return new(tokens, outputs, Padded(filled.Sum()));
                (tokens, outputs) = (0, 0);
            }
        }

        if (tokens > 0)
            yield return new(tokens, outputs, Padded(filled.Sum()));
    }

    IEnumerable<MicroBatch> SplitEqually(Call call, int[] filled)
    {
        int[] left = [.. call.Tokens];
        for (var first = 0; first < left.Length;)
        {
            if (left[first] == 0)
            {
                first++;
                continue;
            }

            var end = first;
            while (end < left.Length && left[end] > 0 && end - first < MicroBatchTokens)
                end++;
            var sequences = end - first;
            var each = Math.Max(1, Math.Min(left[first..end].Min(), MicroBatchTokens / sequences));
            var (outputs, cells) = (0, 0);
            for (var row = first; row < end; row++)
            {
                left[row] -= each;
                filled[row] += each;
                cells = Math.Max(cells, filled[row]);
                outputs += left[row] == 0 ? call.Ends[row] : 0;
            }

            yield return new(each * sequences, outputs, Padded(cells));
        }
    }

    int Padded(int cells) => Math.Min(StreamCells, (cells + CellBlock - 1) / CellBlock * CellBlock);
}
