using Lem.Core.Configuration.Schema;

namespace Lem.Core.Configuration.Engines;

/// <summary>Fields of requests to vLLM: <c>vllm/entrypoints/openai/completion/protocol.py</c> and <c>chat_completion/protocol.py</c> of vLLM 0.24.0.</summary>
static class VllmRequestRows
{
    public static IEnumerable<Parameter> All =>
    [
        Parameter.Integer("n", Travel.Body, "Answers per prompt", min: 1).WithDefault(1).Shapes("sequences per request"),
        Parameter.Integer("logprobs", Travel.Body, "Log probabilities returned per token", min: 0, max: 20).Shapes("work per token in sampling"),
        Parameter.Integer("prompt_logprobs", Travel.Body, "Log probabilities returned per prompt token", min: 0, max: 20).Shapes("work in prefill"),
        Parameter.Of("logit_bias", new MapShape(new NumberShape(-100, 100)), Travel.Body, "Bias by token id").Shapes("work per token in sampling"),
        Parameter.Number("presence_penalty", Travel.Body, "Against tokens that have occurred", min: -2, max: 2).WithDefault(0.0).Shapes("work per token in sampling"),
        Parameter.Number("frequency_penalty", Travel.Body, "Against tokens by how often they occurred", min: -2, max: 2).WithDefault(0.0).Shapes("work per token in sampling"),
        Parameter.Of("allowed_token_ids", new ListShape(new IntegerShape(Min: 0)), Travel.Body, "The only tokens that may be drawn").Shapes("work per token in sampling"),
        Parameter.Of("stop", new EitherShape([new TextShape(), new ListShape(new TextShape())]), Travel.Body, "Text that ends the answer").Shapes("output length"),
        Parameter.Of("stop_token_ids", new ListShape(new IntegerShape(Min: 0)), Travel.Body, "Tokens that end the answer").Shapes("output length"),
        Parameter.Of("repetition_detection", new MapShape(new AnyShape { Nullable = true }), Travel.Body, "Ends an answer that repeats itself").Shapes("output length"),
        Parameter.Integer("thinking_token_budget", Travel.Body, "Most tokens of thinking", min: -1).Shapes("output length"),
        Parameter.Of("structured_outputs", new MapShape(new AnyShape { Nullable = true }), Travel.Body, "Guided decoding: a schema, grammar or choice").Shapes("work per token in sampling"),
        Parameter.Of("response_format", new MapShape(new AnyShape { Nullable = true }), Travel.Body, "Guided decoding, as OpenAI spells it").Shapes("work per token in sampling"),
        Parameter.Integer("priority", Travel.Body, "Lower goes first, with scheduling_policy: priority").WithDefault(0).Shapes("waiting time"),
        Parameter.Text("cache_salt", Travel.Body, "Keeps the prefix cache of these requests apart").Shapes("skips prefill"),
        Parameter.Flag("skip_special_tokens", Travel.Body, "Leaves special tokens out of the text").WithDefault(true).CostsNothing("form of the answer"),
    ];
}
