using Xunit;

namespace Lem.IntegrationTests;

public sealed class SecretTests : IDisposable
{
    const string Planted = "hf_PlantedTokenThatMustNotBeSeen42";

    readonly LemProcess _lem = new();

    public void Dispose() => _lem.Dispose();

    [Fact]
    public async Task A_token_of_the_environment_appears_in_no_file_and_no_output()
    {
        _lem.Variables["HF_TOKEN"] = Planted;

        // A run that works, one that is refused with the token in the very value it complains of, and one that tells everything it does.
        var ran = await _lem.RunAsync(TestContext.Current.CancellationToken, "experiment", "--model", "synthetic:tiny", "-n", "2", "--max-tokens", "4", "--set", "baseline.enabled=false", "--set", $"extra_metadata={{note: {Planted}}}", "--set", "save_outputs=true");
        var refused = await _lem.RunAsync(TestContext.Current.CancellationToken, "experiment", "--model", Planted, "--backend", Planted);
        var told = await _lem.RunAsync(TestContext.Current.CancellationToken, "experiment", "--model", "synthetic:tiny", "-n", "2", "--max-tokens", "4", "--set", "baseline.enabled=false", "--events", "jsonl", "--verbose", "--json");

        Assert.Equal(2, refused.ExitCode);
        foreach (var output in new[] { ran, refused, told })
            Assert.DoesNotContain(Planted, output.Out + output.Error, StringComparison.Ordinal);
        var files = Directory.GetFiles(_lem.Folder, "*", SearchOption.AllDirectories);
        Assert.NotEmpty(files);
        Assert.All(files, file => Assert.DoesNotContain(Planted, File.ReadAllText(file), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_cloned_folders_env_file_sets_only_what_is_harmless_and_names_the_rest()
    {
        await File.WriteAllTextAsync(Path.Combine(_lem.Folder, ".env"), $"HF_TOKEN={Planted}\nLEM_LLAMA_LIBRARY=/nowhere\nLEM_RESULTS_DIR=elsewhere\n", TestContext.Current.CancellationToken);

        var (exitCode, output, error) = await _lem.RunAsync(TestContext.Current.CancellationToken, "experiment", "--model", "synthetic:tiny", "-n", "2", "--max-tokens", "4", "--set", "baseline.enabled=false");

        Assert.Equal(0, exitCode);
        Assert.Contains("LEM_LLAMA_LIBRARY", error, StringComparison.Ordinal);
        Assert.True(Directory.Exists(Path.Combine(_lem.Folder, "elsewhere", "aggregated")));
        Assert.DoesNotContain(Planted, output + error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("HF_TOKEN=a\0b")]
    [InlineData("large")]
    public async Task A_hostile_env_file_is_refused_with_a_message(string content)
    {
        await File.WriteAllTextAsync(Path.Combine(_lem.Folder, ".env"), content == "large" ? new string('x', 100_000) : content, TestContext.Current.CancellationToken);

        var (exitCode, _, error) = await _lem.RunAsync(TestContext.Current.CancellationToken, "experiment", "--dry-run");

        Assert.Equal(2, exitCode);
        Assert.Contains(".env", error, StringComparison.Ordinal);
    }
}
