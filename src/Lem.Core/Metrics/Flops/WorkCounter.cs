namespace Lem.Core.Metrics.Flops;

/// <summary>Counts what requests need and what batches of them execute, in tokens and query–key pairs.</summary>
/// <remarks>
/// A request of n input and m output tokens: the prefill computes the n and gives the first output token; m − 1 decode steps give the others, the
/// first of which sees n + 1 tokens. In an encoder-decoder the n go through the encoder, and the decoder starts from one token of its own.
/// </remarks>
sealed class WorkCounter(ExecutionShape execution, bool isEncoderDecoder)
{
    public BatchWork UsefulPrefill(RequestTokens request)
    {
        double input = request.Input;
        var first = request.Output > 0 ? 1 : 0;
        if (isEncoderDecoder)
            return new BatchWork(first, first, window => AttentionArea.Causal(0, first, window), input, input * input, first * input);

        var computed = request.Input - request.CachedInput;
        return new BatchWork(computed, first, window => AttentionArea.Causal(request.CachedInput, computed, window));
    }

    public BatchWork UsefulDecode(RequestTokens request)
    {
        var steps = Steps(request);
        return isEncoderDecoder
            ? new BatchWork(steps, steps, window => AttentionArea.Causal(1, steps, window), CrossPairs: steps * (double)request.Input)
            : new BatchWork(steps, steps, window => AttentionArea.Causal(request.Input, steps, window));
    }

    /// <summary>One entry per prompt. Kernels compute whole rectangles, so windows save nothing here.</summary>
    public IEnumerable<BatchWork> ExecutedPrefill(IReadOnlyList<RequestTokens> batch)
    {
        if (execution.MicroBatches is { } plan && !isEncoderDecoder)
            return [Executed(plan.Of(batch).Prefill)];
        if (!execution.PadsRows)
            return batch.Select(request => ExecutedPrompt(request.Input, request.CachedInput, request.Output > 0));

        // In a padded batch every row does the longest row's work, and a cache hit helps only where all rows have it.
        var longest = batch.Select(request => request.Input).DefaultIfEmpty().Max();
        var cached = batch.Select(request => request.CachedInput).DefaultIfEmpty().Min();
        var generates = batch.Any(request => request.Output > 0);
        return batch.Select(_ => ExecutedPrompt(longest, cached, generates));
    }

    public BatchWork ExecutedDecode(IReadOnlyList<RequestTokens> batch)
    {
        if (execution.MicroBatches is { } plan && !isEncoderDecoder)
            return Executed(plan.Of(batch).Decode);

        // From the row that runs longest to the one that ends first: at each step those that still run are a beginning of this list.
        var rows = batch.OrderByDescending(Steps).ToArray();
        var longestInput = new int[rows.Length];
        for (var i = 0; i < rows.Length; i++)
            longestInput[i] = Math.Max(i > 0 ? longestInput[i - 1] : 0, rows[i].Input);

        var tokens = 0L;
        var pairs = 0.0;
        var crossPairs = 0.0;
        var running = rows.Length;
        for (var step = 1; rows.Length > 0 && step <= Steps(rows[0]); step++)
        {
            while (!execution.PadsRows && Steps(rows[running - 1]) < step)
                running--;
            var input = longestInput[running - 1];
            tokens += running;
            pairs += running * execution.Padded(isEncoderDecoder ? 1 + step : (long)input + step);
            crossPairs += isEncoderDecoder ? running * execution.Padded(input) : 0;
        }
        return new BatchWork(tokens, tokens, _ => pairs, CrossPairs: crossPairs);
    }

    BatchWork Executed(IReadOnlyList<MicroBatch> graphs)
    {
        var tokens = graphs.Sum(graph => (double)graph.Tokens);
        var outputs = graphs.Sum(graph => (double)graph.Outputs);
        var pairs = graphs.Sum(graph => (double)graph.Tokens * graph.Cells);
        return new BatchWork(tokens, outputs, _ => pairs, EarlyEnds: execution.EndsAtOutputs ? tokens - outputs : 0);
    }

    BatchWork ExecutedPrompt(int input, int cached, bool generates)
    {
        var first = generates ? 1 : 0;
        if (isEncoderDecoder)
        {
            var padded = execution.Padded(input);
            return new BatchWork(first, first, _ => first * execution.Padded(1), input, input * padded, first * padded);
        }
        var pairs = AttentionArea.ExecutedPrefill(cached, input, execution);
        return new BatchWork(input - cached, first, _ => pairs);
    }

    static int Steps(RequestTokens request) => Math.Max(0, request.Output - 1);
}
