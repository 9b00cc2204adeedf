using System.Buffers;
using System.Text.Json;

namespace Lem.Tests.Shared.Serving;

/// <summary>The JSON of an error, in each server's own shape.</summary>
static class ErrorBody
{
    // vLLM nests its errors since 0.10.1 (vllm-project/vllm#22099); TensorRT-LLM took over the older, flat shape.
    static readonly Version VllmNests = new(0, 10, 1);

    public static byte[] Write(MockOptions options, int status, string message)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            var flat = options.Flavour == Flavour.TensorRt || (options.Flavour == Flavour.Vllm && options.ParsedVersion < VllmNests);
            if (options.Flavour == Flavour.Vllm && status == 401)
                json.WriteString("error", "Unauthorized");
            else if (flat)
            {
                json.WriteString("object", "error");
                WriteMembers(json, options.Flavour, status, message);
            }
            else
            {
                json.WriteStartObject("error");
                WriteMembers(json, options.Flavour, status, message);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    static void WriteMembers(Utf8JsonWriter json, Flavour flavour, int status, string message)
    {
        json.WriteString("message", message);
        json.WriteString("type", flavour is Flavour.Vllm or Flavour.TensorRt ? PythonType(status) : OpenAiType(status));
        if (flavour != Flavour.LlamaServer)
            json.WriteNull("param");
        if (flavour == Flavour.Plain)
            json.WriteNull("code");
        else
            json.WriteNumber("code", status);
    }

    static string PythonType(int status) => status switch
    {
        400 => "BadRequestError",
        404 => "NotFoundError",
        429 => "Too Many Requests",
        503 => "Service Unavailable",
        _ => "InternalServerError",
    };

    static string OpenAiType(int status) => status switch
    {
        400 => "invalid_request_error",
        401 => "authentication_error",
        404 => "not_found_error",
        429 => "rate_limit_exceeded",
        501 => "not_supported_error",
        503 => "unavailable_error",
        _ => "server_error",
    };
}
