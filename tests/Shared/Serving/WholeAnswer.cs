using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Lem.Tests.Shared.Serving;

/// <summary>The JSON of an answer that is not streamed.</summary>
static class WholeAnswer
{
    public static byte[] Write(GenerationCall call, ServicePlan plan, StreamTimes times)
    {
        var options = plan.Options;
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("id", call.IsChat ? "chatcmpl-mock" : "cmpl-mock");
            json.WriteString("object", call.IsChat ? "chat.completion" : "text_completion");
            json.WriteNumber("created", EventShape.Created);
            json.WriteString("model", options.Model);
            json.WriteStartArray("choices");
            if (plan.Fault?.Kind != FaultKind.EmptyChoices)
                for (var choice = 0; choice < call.Prompts.Count; choice++)
                    WriteChoice(json, call, plan, choice);
            json.WriteEndArray();
            if (plan.Fault?.Kind != FaultKind.UsageMissing)
                WriteUsage(json, call, plan);
            if (options.Flavour == Flavour.LlamaServer)
                WriteTimings(json, call, plan, times);
            json.WriteEndObject();
        }

        var bytes = buffer.WrittenSpan;
        return (plan.Fault?.Kind == FaultKind.MalformedJson ? bytes[..(bytes.Length / 2)] : bytes).ToArray();
    }

    static void WriteChoice(Utf8JsonWriter json, GenerationCall call, ServicePlan plan, int choice)
    {
        json.WriteStartObject();
        json.WriteNumber("index", choice);
        var text = Text(plan);
        if (call.IsChat)
        {
            json.WriteStartObject("message");
            json.WriteString("role", "assistant");
            json.WriteString("content", text);
            json.WriteEndObject();
        }
        else
            json.WriteString("text", text);
        json.WriteNull("logprobs");
        json.WriteString("finish_reason", plan.StoppedByModel ? "stop" : "length");
        if (call.ReturnTokenIds)
        {
            json.WriteStartArray("token_ids");
            for (var n = 0; n < plan.OutputTokens; n++)
                json.WriteNumberValue(Vocabulary.OutputToken(n, plan.Options.Wire.Utf8));
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    static void WriteUsage(Utf8JsonWriter json, GenerationCall call, ServicePlan plan)
    {
        var output = (plan.OutputTokens * call.Prompts.Count) + (plan.Fault?.Kind == FaultKind.UsageWrong ? 7 : 0);
        json.WriteStartObject("usage");
        json.WriteNumber("prompt_tokens", call.PromptTokens);
        json.WriteNumber("total_tokens", call.PromptTokens + output);
        json.WriteNumber("completion_tokens", output);
        json.WriteEndObject();
    }

    static void WriteTimings(Utf8JsonWriter json, GenerationCall call, ServicePlan plan, StreamTimes times)
    {
        json.WriteStartObject("timings");
        json.WriteNumber("cache_n", plan.CachedTokens);
        json.WriteNumber("prompt_n", call.PromptTokens - plan.CachedTokens);
        json.WriteNumber("prompt_ms", times.PromptMs);
        json.WriteNumber("predicted_n", plan.OutputTokens);
        json.WriteNumber("predicted_ms", times.PredictedMs);
        json.WriteEndObject();
    }

    static string Text(ServicePlan plan)
    {
        var text = new StringBuilder();
        for (var n = 0; n < plan.OutputTokens; n++)
            text.Append(Encoding.UTF8.GetString(Vocabulary.Word(Vocabulary.OutputToken(n, plan.Options.Wire.Utf8))));
        return text.ToString();
    }
}
