using Lem.Core.Configuration.Schema;

namespace Lem.Core.Configuration.Engines;

/// <summary>Fields of requests to TensorRT-LLM: <c>tensorrt_llm/serve/openai_protocol.py</c>. It refuses what it does not know.</summary>
static class TensorRtRequestRows
{
    public static IEnumerable<Parameter> All =>
    [
        Parameter.Integer("n", Travel.Body, "Answers per prompt", min: 1).WithDefault(1).Shapes("sequences per request"),
        Parameter.Integer("best_of", Travel.Body, "Answers computed, of which n are returned", min: 1).Shapes("sequences per request"),
        Parameter.Flag("use_beam_search", Travel.Body, "Beam search with n beams").WithDefault(false).Shapes("sequences per request"),
        Parameter.Number("length_penalty", Travel.Body, "Above 0 favours longer beams").Shapes("output length under beam search"),
        Parameter.Flag("early_stopping", Travel.Body, "Ends when n beams are done").Shapes("output length under beam search"),
        Parameter.Number("presence_penalty", Travel.Body, "Against tokens that have occurred", min: -2, max: 2).WithDefault(0.0).Shapes("work per token in sampling"),
        Parameter.Number("frequency_penalty", Travel.Body, "Against tokens by how often they occurred", min: -2, max: 2).WithDefault(0.0).Shapes("work per token in sampling"),
        Parameter.Of("logit_bias", new MapShape(new NumberShape(-100, 100)), Travel.Body, "Bias by token id").Shapes("work per token in sampling"),
        Parameter.Number("top_p_min", Travel.Body, "Least top_p when it decays", min: 0, max: 1).WithDefault(0.0).Shapes("work per token in sampling"),
        Parameter.Integer("logprobs", Travel.Body, "Log probabilities returned per token", min: 0).Shapes("work per token in sampling"),
        Parameter.Of("stop", new EitherShape([new TextShape(), new ListShape(new TextShape())]), Travel.Body, "Text that ends the answer").Shapes("output length"),
        Parameter.Of("stop_token_ids", new ListShape(new IntegerShape(Min: 0)), Travel.Body, "Tokens that end the answer").Shapes("output length"),
        Parameter.Of("response_format", new MapShape(new AnyShape { Nullable = true }), Travel.Body, "Guided decoding, as OpenAI spells it").Shapes("work per token in sampling"),
        Parameter.Flag("detokenize", Travel.Body, "Returns text").WithDefault(true).Shapes("CPU work per token"),
        Parameter.Flag("skip_special_tokens", Travel.Body, "Leaves special tokens out of the text").WithDefault(true).CostsNothing("form of the answer"),
    ];
}
