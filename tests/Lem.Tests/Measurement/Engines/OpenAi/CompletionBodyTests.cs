using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Lem.Core.Configuration;
using Lem.Core.Configuration.Engines;
using Lem.Core.Configuration.Engines.Universes;
using Lem.Measurement.Engines;
using Lem.Measurement.Engines.OpenAi;
using Lem.Measurement.Engines.OpenAi.Dialects;
using Lem.Tests.Shared.Engines;
using Xunit;

namespace Lem.Tests.Measurement.Engines.OpenAi;

/// <summary>Bodies of requests are checked as the servers check them: against the recorded lists of their fields.</summary>
public sealed class CompletionBodyTests
{
    static readonly GenerationRequest Request = new(
        0, [1, 2, 3], MaxTokens: 33, MinTokens: 5, IgnoreEos: true, new(Greedy: false, Temperature: 0.7, TopK: 11, TopP: 0.9, MinP: 0.05, RepetitionPenalty: 1.2), Seed: 9, Text: "one two");

    [Theory]
    [InlineData(Backend.Vllm, ServerEndpoint.Completions)]
    [InlineData(Backend.Vllm, ServerEndpoint.ChatCompletions)]
    [InlineData(Backend.Tensorrt, ServerEndpoint.Completions)]
    [InlineData(Backend.Tensorrt, ServerEndpoint.ChatCompletions)]
    public void Every_parameter_of_requests_arrives_in_a_body_that_the_server_takes(Backend backend, ServerEndpoint endpoint)
    {
        var universe = EngineUniverse.Of(backend)!; // Recorded for both.
        var list = universe.List(endpoint == ServerEndpoint.Completions ? "/v1/completions" : "/v1/chat/completions");
        var section = EveryParameter.Of(ParameterTables.For(backend), universe, row => row.Travel == Travel.Body && (list.Find(row.Name) is not null));

        var body = Body(backend, endpoint, section);

        FieldReader.Check(list.Arguments, body, "", unknownIsRefused: true);
        foreach (var (name, value) in section)
        {
            var (arrived, expected) = name == "logprobs" && endpoint == ServerEndpoint.ChatCompletions ? (body["top_logprobs"], value) : (body[name], value);
            Assert.True(JsonNode.DeepEquals(expected, arrived), name);
        }
    }

    [Theory]
    [InlineData(Backend.Vllm)]
    [InlineData(Backend.Tensorrt)]
    public void What_the_experiment_says_of_sampling_arrives_too(Backend backend)
    {
        var body = Body(backend, ServerEndpoint.Completions, []);

        Assert.Equal(
            ("org/model", 33, 5, true, 9),
            ((string?)body["model"], (int?)body["max_tokens"], (int?)body["min_tokens"], (bool?)body["ignore_eos"], (int?)body["seed"]));
        Assert.Equal((0.7, 11, 0.9, 0.05, 1.2), ((double?)body["temperature"], (int?)body["top_k"], (double?)body["top_p"], (double?)body["min_p"], (double?)body["repetition_penalty"]));
        Assert.True((bool?)body["stream"]);
    }

    [Fact]
    public void Every_declared_field_is_one_of_completions()
    {
        foreach (var backend in (Backend[])[Backend.Vllm, Backend.Tensorrt])
            foreach (var row in ParameterTables.For(backend).Parameters.Where(row => row.Travel == Travel.Body))
                Assert.True(EngineUniverse.Of(backend)!.List("/v1/completions").Find(row.Name) is not null, row.Name); // Recorded for both.
    }

    [Theory]
    [InlineData("{}", false, false)]
    [InlineData("{}", true, true)]
    [InlineData("""{"cache_prompt": true, "temperature": 0.1}""", false, true)]
    public void Llama_server_looks_into_its_cache_where_that_is_asked_for_and_no_field_stands_twice(string fields, bool reuses, bool looks)
    {
        var given = JsonNode.Parse(fields)!.AsObject(); // An object, as it stands above.
        var text = Encoding.UTF8.GetString(new CompletionBody("m", ServerEndpoint.Completions, ServerDetection.Of(ServerKind.LlamaServer), given, reuses).Render(Request).Span);

        var names = JsonDocument.Parse(text).RootElement.EnumerateObject().Select(field => field.Name).ToList();
        Assert.Equal(names.Distinct(), names);
        Assert.Equal(looks, (bool?)JsonNode.Parse(text)?["cache_prompt"]);
    }

    static JsonObject Body(Backend backend, ServerEndpoint endpoint, JsonObject section)
    {
        var config = new ExperimentConfig(ConfigName: "a", ModelName: "org/model", Backend: backend, Server: new(Endpoint: endpoint)) switch
        {
            var one when backend == Backend.Vllm => one with { Vllm = (JsonObject)section.DeepClone() },
            var one => one with { Tensorrt = (JsonObject)section.DeepClone() },
        };
        var options = ServerSettings.From(config, [], _ => null);
        var body = new CompletionBody(options.ModelName, options.Endpoint, ServerDetection.Of(options.Dialect ?? ServerKind.Plain), options.Fields);
        return JsonNode.Parse(body.Render(Request).Span)!.AsObject(); // A body is an object.
    }
}
