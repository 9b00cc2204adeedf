using System.Text.Json.Nodes;
using Lem.Core;
using Lem.Core.Configuration;
using Lem.Measurement.Experiments;
using Xunit;

namespace Lem.Tests.Measurement.Experiments;

public class PreflightTests
{
    static readonly ExperimentConfig Runnable = new(ConfigName: "t", ModelName: "synthetic:tiny");

    [Fact]
    public void What_can_run_passes() => Preflight.Check(Runnable);

    [Fact]
    public void An_engine_that_cannot_be_driven_is_the_machines_lack_not_a_silent_fallback()
    {
        var error = Assert.Throws<LemException>(() => Preflight.Check(Runnable with { ModelName = "meta-llama/Llama-3.1-8B" }));

        Assert.Contains("pytorch", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_server_that_nobody_names_is_told_with_both_ways_to_name_it()
    {
        var error = Assert.Throws<LemException>(() => Preflight.Check(Runnable with { Backend = Backend.Openai }));

        Assert.Contains("--url", error.Hint, StringComparison.Ordinal);
        Assert.Contains("server.command", error.Hint, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Backend.Vllm)]
    [InlineData(Backend.Tensorrt)]
    public void Engines_with_parameters_of_their_own_need_no_server_that_is_named(Backend backend) => Preflight.Check(Runnable with { Backend = backend });

    [Fact]
    public void Parameters_of_a_server_that_somebody_else_starts_are_refused_and_those_of_requests_are_not()
    {
        var config = Runnable with
        {
            Backend = Backend.Vllm,
            Server = new(Url: "http://127.0.0.1:8000"),
            Adapter = "org/lora",
            Vllm = new() { ["max_num_seqs"] = 8, ["presence_penalty"] = 0.5, ["extra"] = new JsonObject { ["nnodes"] = 2 } },
        };

        var error = Assert.Throws<ConfigException>(() => Preflight.Check(config));

        Assert.Equal(["vllm.max_num_seqs", "vllm.extra.nnodes", "adapter"], error.Errors.Select(one => one.Path));
    }

    [Fact]
    public void A_container_for_a_server_that_is_up_elsewhere_is_refused()
    {
        var config = Runnable with { Backend = Backend.Openai, Server = new(Url: "http://127.0.0.1:8000"), Docker = new(Service: "vllm") };

        var error = Assert.Throws<ConfigException>(() => Preflight.Check(config));

        Assert.Equal("docker", Assert.Single(error.Errors).Path);
    }

    [Fact]
    public void Every_key_that_would_have_no_effect_is_named_at_once()
    {
        var config = Runnable with
        {
            Concurrency = 1000,
            NumProcesses = 2,
            Adapter = "some/lora",
            Llamacpp = new() { ["extra"] = new System.Text.Json.Nodes.JsonObject { ["mystery"] = 1 } },
        };

        var error = Assert.Throws<ConfigException>(() => Preflight.Check(config));

        Assert.Equal(
            ["adapter", "concurrency", "llamacpp.extra", "num_processes"],
            error.Errors.Select(e => e.Path).Order(StringComparer.Ordinal));
    }
}
