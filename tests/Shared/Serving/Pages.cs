using System.Text;
using System.Text.Json;

namespace Lem.Tests.Shared.Serving;

/// <summary>Everything a server answers but completions: health, models, tokenizer, metrics, and our own records.</summary>
sealed class Pages(MockServer server)
{
    readonly MockOptions _options = server.Options;
    readonly TensorRtMetrics _tensorRt = new(server);
    int _tokenizations;

    /// <summary>The answer to a request; null where it is a completion to be served.</summary>
    public Page? Find(HttpRequest request)
    {
        if (request.Path.StartsWith("/mock/", StringComparison.Ordinal))
            return Records(request.Path);
        // llama-server tells what it is loading.
        if (Monotonic.Now() < server.ReadyAt && !(_options.Flavour == Flavour.LlamaServer && (request.Method, request.Path) is ("GET", "/v1/models")))
            return Page.Error(_options, 503, "Loading model");
        if (IsRefused(request))
            return Page.Error(_options, 401, _options.Flavour == Flavour.LlamaServer ? "Invalid API Key" : "Incorrect API key provided");
        return (request.Method, request.Path) switch
        {
            ("POST", "/v1/completions" or "/v1/chat/completions") => null,
            ("GET", "/v1/models") => Page.Json(Models()),
            _ => _options.Flavour switch
            {
                Flavour.Vllm => Vllm(request),
                Flavour.LlamaServer => LlamaServer(request),
                Flavour.TensorRt => TensorRt(request),
                _ => null,
            } ?? NotFound(),
        };
    }

    Page Records(string path)
    {
        switch (path)
        {
            case "/mock/requests":
                return Page.Json(server.Log.ToJson());
            case "/mock/reset":
                server.Log.Clear();
                return Page.Empty;
            case "/mock/options":
                return Page.Json(Encoding.UTF8.GetBytes(MockJson.Write(_options)));
            default:
                return NotFound();
        }
    }

    // vLLM asks for the key under /v1 only; llama-server everywhere but where models and health are told.
    bool IsRefused(HttpRequest request) =>
        _options.ApiKey is { } key
        && request.Authorization != $"Bearer {key}"
        && (_options.Flavour == Flavour.LlamaServer
            ? request.Path is not ("/health" or "/v1/models")
            : request.Path.StartsWith("/v1/", StringComparison.Ordinal));

    Page? Vllm(HttpRequest request)
    {
        switch (request.Method, request.Path)
        {
            case ("GET", "/health"):
                return Page.Empty;
            case ("GET", "/version"):
                return Version();
            case ("GET", "/metrics") when _options.Metrics:
                return Page.Text(VllmMetrics.Write(server));
            case ("POST", "/reset_prefix_cache") when _options.DevMode:
                server.Prefixes.Empty();
                return Page.Empty;
            case ("GET", "/server_info") when _options.DevMode:
                return Page.Json(ServerInfo());
            case ("POST", "/tokenize"):
                return Tokenize(request, "prompt", addSpecial: true, "add_special_tokens", (json, tokens) =>
                {
                    json.WriteNumber("count", tokens.Count);
                    json.WriteNumber("max_model_len", _options.MaxModelLen);
                    json.WriteNull("token_strs");
                });
            case ("POST", "/detokenize"):
                return Detokenize(request, "prompt");
            default:
                return null;
        }
    }

    Page? LlamaServer(HttpRequest request) => (request.Method, request.Path) switch
    {
        ("GET", "/health") => Page.Json("""{"status":"ok"}"""u8.ToArray()),
        ("GET", "/metrics") => _options.Metrics
            ? Page.Text(LlamaServerMetrics.Write(server))
            : Page.Error(_options, 501, "This server does not support metrics endpoint. Start it with `--metrics`"),
        ("GET", "/props") => Page.Json(Props()),
        ("POST", "/tokenize") => Tokenize(request, "content", addSpecial: false, "add_special", (_, _) => { }),
        ("POST", "/detokenize") => Detokenize(request, "content"),
        _ => null,
    };

    Page? TensorRt(HttpRequest request) => (request.Method, request.Path) switch
    {
        ("GET", "/health") => Page.Empty,
        ("GET", "/version") => Version(),
        ("GET", "/metrics") => Page.Json(_options.Metrics ? _tensorRt.WriteIterations() : "[]"u8.ToArray()),
        // TokenizeRequest and TokenizeResponse of serve/openai_protocol.py; there is no page for the way back.
        ("POST", "/_internal/tokenize") => Tokenize(request, "prompt", addSpecial: true, "", (json, tokens) => json.WriteNumber("count", tokens.Count)),
        ("GET", "/prometheus/metrics") when _options.Metrics => Page.Text(_tensorRt.WritePrometheus()),
        _ => null,
    };

    Page Version() => Page.Json(JsonBytes.Object(json => json.WriteString("version", _options.Version)));

    Page NotFound() => _options.Flavour is Flavour.Vllm or Flavour.TensorRt
        ? new(404, "application/json", """{"detail":"Not Found"}"""u8.ToArray())
        : Page.Error(_options, 404, "File Not Found");

    // vllm/entrypoints/serve/dev/server_info/api_router.py, in small.
    byte[] ServerInfo() => JsonBytes.Object(json =>
    {
        json.WriteStartObject("vllm_config");
        json.WriteStartObject("model_config");
        json.WriteString("dtype", "torch.bfloat16");
        json.WriteString("hf_token", "hf_secret");
        json.WriteStartObject("hf_config");
        json.WriteNumber("hidden_size", 64);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteStartObject("scheduler_config");
        json.WriteNumber("max_num_seqs", _options.MaxRunning ?? 256);
        json.WriteEndObject();
        json.WriteNull("lora_config");
        json.WriteEndObject();
    });

    byte[] Models() => JsonBytes.Object(json =>
    {
        json.WriteString("object", "list");
        json.WriteStartArray("data");
        json.WriteStartObject();
        json.WriteString("id", _options.Model);
        json.WriteString("object", "model");
        json.WriteNumber("created", EventShape.Created);
        json.WriteString("owned_by", _options.Flavour switch
        {
            Flavour.Vllm => "vllm",
            Flavour.LlamaServer => "llamacpp",
            Flavour.TensorRt => "tensorrt_llm",
            _ => "mock",
        });
        if (_options.Flavour == Flavour.Vllm)
            json.WriteNumber("max_model_len", _options.MaxModelLen);
        if (_options.Flavour == Flavour.LlamaServer)
        {
            json.WriteStartObject("meta");
            json.WriteNumber("n_vocab", Vocabulary.Size);
            json.WriteNumber("n_ctx_train", _options.MaxModelLen);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndArray();
    });

    byte[] Props() => JsonBytes.Object(json =>
    {
        json.WriteStartObject("default_generation_settings");
        json.WriteNumber("n_ctx", _options.MaxModelLen);
        json.WriteEndObject();
        json.WriteNumber("total_slots", _options.MaxRunning ?? 1);
        json.WriteString("model_path", $"{_options.Model}.gguf");
        json.WriteString("build_info", "b6000-mock");
    });

    Page Tokenize(HttpRequest request, string member, bool addSpecial, string specialMember, Action<Utf8JsonWriter, IReadOnlyList<int>> write)
    {
        if (_options.TokenizerStatus != 200 && Interlocked.Increment(ref _tokenizations) > _options.TokenizerAnswers)
            return _options.TokenizerStatus == 404 ? NotFound() : Page.Error(_options, _options.TokenizerStatus, "the tokenizer is out of order");
        if (Parse(request) is not { } body || !body.TryGetProperty(member, out var text) || text.ValueKind != JsonValueKind.String)
            return Page.Error(_options, 400, $"{member}: Field required");
        var special = body.TryGetProperty(specialMember, out var flag) ? flag.ValueKind == JsonValueKind.True : addSpecial;
        var tokens = Vocabulary.Encode(Encoding.UTF8.GetBytes(text.GetString() ?? ""), special);
        return Page.Json(JsonBytes.Object(json =>
        {
            write(json, tokens);
            json.WriteStartArray("tokens");
            foreach (var token in tokens)
                json.WriteNumberValue(token);
            json.WriteEndArray();
        }));
    }

    Page Detokenize(HttpRequest request, string member) =>
        Parse(request) is { } body
        && body.TryGetProperty("tokens", out var tokens)
        && tokens.ValueKind == JsonValueKind.Array
        && tokens.EnumerateArray().All(token => token.ValueKind == JsonValueKind.Number && token.TryGetInt32(out _))
            ? Page.Json(JsonBytes.Object(json => json.WriteString(member, Vocabulary.Decode(tokens.EnumerateArray().Select(token => token.GetInt32())))))
            : Page.Error(_options, 400, "tokens: Field required");

    static JsonElement? Parse(HttpRequest request)
    {
        try
        {
            using var document = JsonDocument.Parse(request.Body);
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
