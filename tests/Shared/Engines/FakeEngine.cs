using System.Text.Json.Nodes;
using Lem.Core.Configuration;
using Lem.Core.Configuration.Engines.Universes;
using Lem.Tests.Shared.Serving;

namespace Lem.Tests.Shared.Engines;

/// <summary>Plays <c>vllm</c> or <c>trtllm-serve</c> as a program: takes the arguments that the engine takes, refuses what it refuses, and serves as the mock server does.</summary>
static class FakeEngine
{
    /// <param name="program">vllm or trtllm-serve.</param>
    /// <param name="variable">Reads an environment variable of the program.</param>
    /// <exception cref="RefusedArgumentException">In the words of the engine's parser.</exception>
    public static MockOptions Read(string program, IReadOnlyList<string> arguments, Func<string, string?> variable) => program switch
    {
        "vllm" => Vllm(arguments, variable),
        "trtllm-serve" => TensorRt(arguments),
        _ => throw new RefusedArgumentException($"nobody plays {program}"),
    };

    static MockOptions Vllm(IReadOnlyList<string> arguments, Func<string, string?> variable)
    {
        if (arguments is not ["serve", ..])
            throw new RefusedArgumentException("invalid choice: choose from serve");
        var universe = EngineUniverse.Of(Backend.Vllm)!; // Recorded.
        var values = new ArgparseReader(universe.List("vllm serve")).Read([.. arguments.Skip(1)]);
        return new(
            Flavour.Vllm,
            universe.Version,
            (string?)values["served_model_name"]?[0] ?? (string?)values[""]?[0] ?? throw new RefusedArgumentException("the following arguments are required: model_tag"),
            Integer(values["port"]) ?? 8000,
            MaxModelLen: Integer(values["max_model_len"]) ?? 4096,
            MaxRunning: Integer(values["max_num_seqs"]),
            PrefixCache: (bool?)values["enable_prefix_caching"] ?? true,
            DraftTokens: Integer((values["speculative_config"] as JsonObject)?["num_speculative_tokens"]),
            DevMode: variable("VLLM_SERVER_DEV_MODE") == "1");
    }

    static MockOptions TensorRt(IReadOnlyList<string> arguments)
    {
        var universe = EngineUniverse.Of(Backend.Tensorrt)!; // Recorded.
        var values = new ClickReader(universe.List("trtllm-serve")).Read(arguments);
        var options = (string?)values["config"] is { } file ? JsonNode.Parse(File.ReadAllText(file))?.AsObject() ?? [] : [];
        FieldReader.Check(universe.List("LlmArgs").Arguments, options, "", unknownIsRefused: true, (string?)values["backend"] ?? "pytorch");
        return new(
            Flavour.TensorRt,
            "1.2.1",
            (string?)values[""] ?? "",
            Integer(values["port"]) ?? 8000,
            MaxRunning: Integer(options["max_batch_size"]),
            PrefixCache: (bool?)options["kv_cache_config"]?["enable_block_reuse"] ?? true,
            DraftTokens: Integer(options["speculative_config"]?["max_draft_len"]),
            Metrics: (bool?)options["return_perf_metrics"] ?? false,
            TokenizerStatus: 404); // Later versions have one.
    }

    static int? Integer(JsonNode? node) => node?.AsValue().GetValue<int>();
}
