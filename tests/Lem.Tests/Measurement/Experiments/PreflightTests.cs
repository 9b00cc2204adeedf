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
