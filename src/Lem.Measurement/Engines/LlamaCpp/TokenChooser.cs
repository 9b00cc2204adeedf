using Lem.Measurement.Engines.LlamaCpp.Native;

namespace Lem.Measurement.Engines.LlamaCpp;

/// <summary>
/// Chooses one request's next tokens from the logits: greedily, or by llama.cpp's own sampling chain with the request's own random numbers,
/// so that what a request draws does not depend on its neighbours in the batch.
/// </summary>
/// <remarks>Order: repetition penalty, top-k, top-p, min-p, temperature, draw. The penalty looks back over prompt and output, as in Transformers and vLLM.</remarks>
sealed class TokenChooser : IDisposable
{
    // LLAMA_DEFAULT_SEED means a random seed, which no measurement wants.
    const uint RandomSeed = 0xFFFF_FFFF;

    readonly LlamaContext _context;

    // 0 = greedy without a penalty: the greatest logit, found without llama.cpp's copy of the whole vocabulary.
    readonly nint _chain;

    public TokenChooser(LlamaContext context, GenerationRequest request)
    {
        _context = context;
        var sampling = request.Sampling;
        var isGreedy = sampling.Greedy || sampling.Temperature <= 0;
        var hasPenalty = sampling.RepetitionPenalty is not 1;
        if (isGreedy && !hasPenalty)
            return;

        _chain = LlamaSamplerNative.ChainInit(noPerf: 1);
        if (hasPenalty)
            AddPenalty(request);
        if (isGreedy)
            Add(LlamaSamplerNative.InitGreedy());
        else
            AddDraw(sampling, request.Seed);
    }

    /// <summary>The next token after the batch's token at this index, or −1 where the logits are no numbers.</summary>
    /// <param name="banEnd">Tokens that end the text are not to be chosen.</param>
    public int Choose(int index, bool banEnd)
    {
        var logits = _context.Logits(index);
        if (banEnd)
            foreach (var token in _context.Model.Vocabulary.EndTokens)
                logits[token] = float.NegativeInfinity;
        var greatest = Logits.IndexOfMax(logits);
        // Sampling also takes the token into the chain's memory, for the penalty.
        return _chain == 0 || greatest < 0 ? greatest : LlamaSamplerNative.Sample(_chain, _context.Handle, index);
    }

    public void Dispose()
    {
        if (_chain != 0)
            LlamaSamplerNative.Free(_chain);
    }

    void AddPenalty(GenerationRequest request)
    {
        var reach = request.Prompt.Count + request.MaxTokens;
        Add(LlamaSamplerNative.InitPenalties(
            _context.Model.Vocabulary.Count, reach, (float)request.Sampling.RepetitionPenalty, frequency: 0, presence: 0));
        foreach (var token in request.Prompt)
            LlamaSamplerNative.Accept(_chain, token);
    }

    void AddDraw(SamplingSettings sampling, uint seed)
    {
        if (sampling.TopK > 0)
            Add(LlamaSamplerNative.InitTopK(sampling.TopK));
        if (sampling.TopP < 1)
            Add(LlamaSamplerNative.InitTopP((float)sampling.TopP, minKeep: 1));
        if (sampling.MinP > 0)
            Add(LlamaSamplerNative.InitMinP((float)sampling.MinP, minKeep: 1));
        Add(LlamaSamplerNative.InitTemperature((float)sampling.Temperature));
        Add(LlamaSamplerNative.InitDist(seed == RandomSeed ? RandomSeed - 1 : seed));
    }

    void Add(nint sampler) => LlamaSamplerNative.ChainAdd(_chain, sampler);
}
