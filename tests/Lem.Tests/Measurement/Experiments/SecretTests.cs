using Lem.Core.Configuration.Secrets;
using Lem.Tests.Fakes;
using Xunit;

namespace Lem.Tests.Measurement.Experiments;

public sealed class SecretTests
{
    const string Token = "hf_0123456789abcdef";

    [Fact]
    public async Task What_an_engine_repeats_of_a_secret_is_in_no_file()
    {
        using var bench = new ExperimentBench { Secrets = new SecretRedactor(new Dictionary<string, string> { ["HF_TOKEN"] = Token }) };
        var config = ExperimentBench.Config(outputTokens: 10, prompts: 2) with { SaveOutputs = true };

        await bench.RunAsync(config, bench.Engine(words: $"401: bad token {Token}"), TestContext.Current.CancellationToken);

        var files = Directory.GetFiles(bench.Results.Root, "*", SearchOption.AllDirectories)
            .ToDictionary(path => Path.GetFileName(path), File.ReadAllText);
        Assert.DoesNotContain(files, file => file.Value.Contains(Token, StringComparison.Ordinal));

        // The engine's words are there, without the secret: in its findings and parameters, the requests' errors, the outputs.
        Assert.All(
            ["experiment.json", "requests_0.jsonl", "outputs_0.jsonl"],
            name => Assert.Contains($"401: bad token {SecretRedactor.Mask}", files[name], StringComparison.Ordinal));
        Assert.Contains("\"tokens\":null", files["outputs_0.jsonl"], StringComparison.Ordinal);
        Assert.All(["engine_warning", "engine_effective"], name => Assert.Contains(name, files["experiment.json"], StringComparison.Ordinal));
    }
}
