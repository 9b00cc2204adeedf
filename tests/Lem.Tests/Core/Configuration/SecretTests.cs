using Lem.Core.Configuration;
using Lem.Core.Configuration.Secrets;
using Xunit;

namespace Lem.Tests.Core.Configuration;

public class SecretTests
{
    [Theory]
    [InlineData("HF_TOKEN")]
    [InlineData("HUGGING_FACE_HUB_TOKEN")]
    [InlineData("OPENAI_API_KEY")]
    [InlineData("MY_OWN_API_KEY")]
    public void A_known_secret_appears_in_no_text(string name)
    {
        var redactor = new SecretRedactor(new Dictionary<string, string> { [name] = "hf_planted+/token", ["HOME"] = "/home/someone" });

        Assert.Equal(
            "401 for [redacted] at /home/someone?key=[redacted]",
            redactor.Redact("401 for hf_planted+/token at /home/someone?key=hf_planted%2B%2Ftoken"));
        Assert.Equal("""{"key":"[redacted]"}""", redactor.Redact("""{"key":"hf_planted\u002B/token"}"""));
    }

    [Fact]
    public void A_variable_that_a_configuration_names_is_a_secret_too()
    {
        var config = new ExperimentConfig(
            Server: new(ApiKeyEnv: "LAB_PASS"),
            Openai: new() { ["headers_env"] = new System.Text.Json.Nodes.JsonObject { ["X-Auth"] = "LAB_HEADER" } });
        var variables = new Dictionary<string, string> { ["LAB_PASS"] = "first-secret", ["LAB_HEADER"] = "first-secret-longer" };

        var redactor = new SecretRedactor(variables, SecretRedactor.NamesIn(config));

        Assert.Equal("[redacted] and [redacted]", redactor.Redact("first-secret-longer and first-secret"));
    }

    [Fact]
    public void A_short_or_empty_value_masks_nothing()
    {
        var redactor = new SecretRedactor(new Dictionary<string, string> { ["HF_TOKEN"] = "", ["A_API_KEY"] = "on" });

        Assert.Equal("turned on", redactor.Redact("turned on"));
    }

    [Fact]
    public void A_dotenv_sets_only_what_it_may_and_the_rest_is_named()
    {
        var file = DotEnv.Parse("""
            # comment
            HF_TOKEN=hf_abc # mine
            export OPENAI_API_KEY="sk # not a comment"
            LEM_LLAMA_LIBRARY=/evil.so
            PATH=/evil
            DOCKER_HOST = tcp://evil
            nonsense
            """);

        Assert.Equal(["HF_TOKEN", "OPENAI_API_KEY"], file.Variables.Keys);
        Assert.Equal(["hf_abc", "sk # not a comment"], file.Variables.Values);
        Assert.Equal(["LEM_LLAMA_LIBRARY", "PATH", "DOCKER_HOST", "nonsense"], file.Ignored);
    }

    [Fact]
    public void The_real_environment_wins_over_the_file() =>
        Assert.Equal("real", DotEnv.Parse("HF_TOKEN=file\n").Below(new Dictionary<string, string> { ["HF_TOKEN"] = "real" })["HF_TOKEN"]);

    [Theory]
    [InlineData("HF_TOKEN=a\0b", "control characters")]
    [InlineData("HF_TOKEN=\u001b[31m", "control characters")]
    public void A_hostile_dotenv_is_refused(string text, string message) =>
        Assert.Contains(message, Assert.Throws<ConfigException>(() => DotEnv.Parse(text)).Errors[0].Message, StringComparison.Ordinal);

    [Fact]
    public void A_dotenv_beyond_64_kibibytes_is_refused() =>
        Assert.Throws<ConfigException>(() => DotEnv.Parse(new string('x', 65 * 1024)));

    [Fact]
    public void What_a_file_would_run_needs_consent_and_what_the_command_line_says_does_not()
    {
        using var folder = new ConfigFolder();
        var fromFile = folder.LoadFragment("backend: openai\nserver: { command: [serve, --fast] }\n");
        var fromFlag = folder.LoadFragment("backend: openai\n", new ConfigOverride("server.command", "[serve]", "--set"));

        Assert.Equal(["server.command runs serve --fast"], Consent.Needed(fromFile));
        Assert.Empty(Consent.Needed(fromFlag));
    }
}
