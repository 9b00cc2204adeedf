using System.Text;
using System.Text.Json;

namespace Lem.Tests.Shared.Serving;

/// <summary>
/// The constant bytes of a stream's events, as one flavour writes them: what stands around the text, the finish reason and the usage.
/// Shapes as in vLLM 0.12 (<c>entrypoints/openai/protocol.py</c>) and llama-server b6000 (<c>tools/server/server-task.cpp</c>).
/// </summary>
/// <param name="choice">Index of the choice, which stands behind the text in llama-server's events.</param>
sealed class EventShape(Flavour flavour, bool chat, string model, int choice)
{
    /// <summary>Seconds since 1970: no clock is asked.</summary>
    public const long Created = 1_700_000_000;

    readonly string _model = JsonEncodedText.Encode(model).ToString();

    /// <summary>Up to the text of a token's event, from <c>data: </c> on.</summary>
    public byte[] BeforeText => field ??= Bytes((flavour, chat) switch
    {
        (Flavour.LlamaServer, true) => $$"""data: {"choices":[{"index":{{choice}},"delta":{"content":""" + "\"",
        (Flavour.LlamaServer, false) => """data: {"choices":[{"text":""" + "\"",
        (_, true) => $$"""data: {{{Identity}},"choices":[{"index":{{choice}},"delta":{"content":""" + "\"",
        (_, false) => $$"""data: {{{Identity}},"choices":[{"index":{{choice}},"text":""" + "\"",
    });

    /// <summary>From behind the text up to the finish reason.</summary>
    public byte[] AfterText => field ??= Bytes((flavour, chat) switch
    {
        (Flavour.LlamaServer, true) => """
            "},"finish_reason":
            """,
        (Flavour.LlamaServer, false) => $"""
            ","index":{choice},"logprobs":null,"finish_reason":
            """,
        (_, true) => """
            "},"logprobs":null,"finish_reason":
            """,
        (_, false) => """
            ","logprobs":null,"finish_reason":
            """,
    });

    /// <summary>From behind the finish reason to the end of the choice.</summary>
    public byte[] AfterFinish => field ??= Bytes(flavour is Flavour.Vllm or Flavour.TensorRt && !chat ? ""","stop_reason":null""" : "");

    /// <summary>From the end of the choices to where usage or timings can stand.</summary>
    public byte[] AfterChoices => field ??= Bytes(flavour == Flavour.LlamaServer ? $"}}],{Identity}" : "}]");

    /// <summary>An event with no choice, up to where usage can stand.</summary>
    public byte[] NoChoices => field ??= Bytes(flavour == Flavour.LlamaServer
        ? $$"""data: {"choices":[],{{Identity}}"""
        : $$"""data: {{{Identity}},"choices":[]""");

    /// <summary>A chat's first event, which tells the role; complete but for the end of its lines.</summary>
    public byte[] Role => field ??= Bytes(flavour == Flavour.LlamaServer
        ? $$$"""data: {"choices":[{"index":{{{choice}}},"delta":{"role":"assistant","content":null},"finish_reason":null}],{{{Identity}}}}"""
        : $$$"""data: {{{{Identity}}},"choices":[{"index":{{{choice}}},"delta":{"role":"assistant","content":""},"logprobs":null,"finish_reason":null}]}""");

    /// <summary>The members that say what answers: id, kind, time, model.</summary>
    string Identity
    {
        get
        {
            var id = chat || flavour == Flavour.LlamaServer ? "chatcmpl-mock" : "cmpl-mock";
            var kind = chat ? "chat.completion.chunk" : "text_completion";
            return flavour == Flavour.LlamaServer
                ? $"""
                    "created":{Created},"model":"{_model}","system_fingerprint":"b6000-mock","object":"{kind}","id":"{id}"
                    """
                : $"""
                    "id":"{id}","object":"{kind}","created":{Created},"model":"{_model}"
                    """;
        }
    }

    static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
