using System.Text.Json.Nodes;
using Lem.Cli;
using Lem.Measurement.Engines.LlamaCpp.Synthetic;
using Lem.Tests.Shared.Hub;
using Xunit;

namespace Lem.Tests.Cli;

/// <summary><c>lem datasets NAME</c>, <c>lem model show org/repo:…</c> and what a dry run finds on the hub.</summary>
public sealed class HubTests : IDisposable
{
    readonly CommandFolder _folder = new();
    readonly HubServer _server = new();

    public HubTests()
    {
        _folder.Variables["HF_ENDPOINT"] = _server.Address.ToString();
        _folder.Variables["LEM_DATASETS_SERVER"] = _server.Address.ToString();
        _server.Dataset("cais/mmlu").Rows["all/test"] = [.. Enumerable.Range(0, 200).Select(i => new JsonObject { ["question"] = $"Question\n{i}?", ["subject"] = "units" })];
    }

    public void Dispose()
    {
        _server.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_look_into_a_data_set_shows_its_first_prompts_and_revision()
    {
        var lines = await _folder.LinesAsync("datasets", "mmlu", "-n", "2");

        Assert.Equal(
            ["mmlu: 127.0.0.1/datasets/cais/mmlu", $"  200 rows, prompts in question, revision {new string('a', 40)}", "  1. Question 0?", "  2. Question 1?"],
            lines);
        Assert.Equal("Question\n0?", (string?)(await _folder.JsonAsync("datasets", "mmlu"))["prompts"]![0]);
    }

    [Fact]
    public async Task What_is_kept_of_a_data_set_is_in_the_list()
    {
        await _folder.LinesAsync("datasets", "mmlu");

        var mmlu = (await _folder.JsonAsync("datasets")).AsArray().Single(row => (string?)row!["name"] == "mmlu")!;

        Assert.Equal((200, "kept here at aaaaaaaa"), ((int)mmlu["prompts"]!, (string?)mmlu["note"]));
    }

    [Fact]
    public async Task A_model_of_the_hub_is_told_from_its_head()
    {
        SyntheticModelWriter.Write(SyntheticShape.Parse("synthetic:tiny").Shape!, _folder["m.gguf"], cancellationToken: TestContext.Current.CancellationToken); // a known shape
        _server.Model("org/tiny").Large("tiny-F16.gguf", await File.ReadAllBytesAsync(_folder["m.gguf"], TestContext.Current.CancellationToken));

        var ofHub = await _folder.JsonAsync("model", "show", "org/tiny:f16");
        var ofFile = await _folder.JsonAsync("model", "show", "m.gguf");

        ofHub.AsObject().Remove("model");
        ofFile.AsObject().Remove("model");
        Assert.True(JsonNode.DeepEquals(ofHub, ofFile));
        var (code, _, messages) = await _folder.RunAsync("model", "show", "org/tiny:f16", "--revision", "v9");
        Assert.Equal(ExitCode.MachineLacks, code);
        Assert.Contains("the model org/tiny has no such revision: v9", messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dry_run_finds_model_and_prompts_and_fetches_no_model()
    {
        _server.Model("org/tiny").Large("tiny-F16.gguf", new byte[1000]);

        var lines = await _folder.LinesAsync("experiment", "--dry-run", "--model", "org/tiny:F16", "--dataset", "mmlu", "-n", "5");

        Assert.Contains("  5 prompts of cais/mmlu", string.Join('\n', lines), StringComparison.Ordinal);
        Assert.DoesNotContain(_server.Requests, request => request.Target.Contains("/storage/", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("--model", "org/other:F16", ExitCode.MachineLacks, "there is no model org/other")]
    [InlineData("--dataset", "org/none", ExitCode.MachineLacks, "there is no data set org/none")]
    [InlineData("--dataset", "no data set", ExitCode.UserMistake, "must be the name of a Hugging Face repository")]
    [InlineData("--set", "model_revision=v1", ExitCode.UserMistake, "names a state of a Hugging Face repository")]
    public async Task What_is_not_there_ends_a_dry_run_with_the_fix(string option, string value, object code, string message)
    {
        var (ended, _, messages) = await _folder.RunAsync("experiment", "--dry-run", option, value);

        Assert.Equal(code, ended);
        Assert.Contains(message, messages, StringComparison.Ordinal);
    }
}
