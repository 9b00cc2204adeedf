namespace Lem.Measurement.Engines.LlamaCpp;

/// <summary>One request in a running batch.</summary>
sealed class BatchRow(GenerationRequest request, int sequence, LlamaContext context) : IDisposable
{
    readonly TokenChooser _chooser = new(context, request);
    int _chosen;

    public GenerationRequest Request { get; } = request;

    /// <summary>Its place in the KV cache.</summary>
    public int Sequence { get; } = sequence;

    /// <summary>The token chosen last.</summary>
    public int Token { get; private set; } = -1;

    /// <summary>Where in the computed batch its logits are.</summary>
    public int LogitsIndex { get; set; }

    /// <summary>Position at which <see cref="Token"/> is to be computed.</summary>
    public int Position => Request.Prompt.Count + _chosen - 1;

    /// <summary>Complete or failed.</summary>
    public bool IsDone { get; private set; }

    public RequestFailure? Failure { get; private set; }

    /// <summary>Fails the row where llama.cpp could not take its prompt.</summary>
    public void CheckPrompt()
    {
        var prompt = Request.Prompt;
        var vocabulary = context.Model.Vocabulary.Count;
        if (prompt.Count == 0)
            Fail("empty_prompt", "the prompt has no tokens");
        else if (prompt.Count > context.TokensPerRequest)
            Fail("context_full", $"the prompt of {prompt.Count} tokens is longer than the context of {context.TokensPerRequest}");
        else if (prompt.Any(token => token < 0 || token >= vocabulary))
            Fail("invalid_token", $"the prompt has a token outside the model's vocabulary of {vocabulary}");
    }

    /// <summary>Chooses the next token from the logits just computed.</summary>
    public void Choose()
    {
        var token = _chooser.Choose(LogitsIndex, banEnd: Request.IgnoreEos || _chosen < Request.MinTokens);
        if (token < 0)
        {
            Fail("invalid_logits", "the model computed scores that are no numbers");
            return;
        }

        Token = token;
        _chosen++;
        IsDone = _chosen >= Request.MaxTokens || context.Model.Vocabulary.EndsText(token);
    }

    public void Fail(string kind, string message)
    {
        Failure = new(kind, message);
        IsDone = true;
    }

    public void Dispose() => _chooser.Dispose();
}
