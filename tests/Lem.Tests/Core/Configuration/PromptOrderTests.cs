using Lem.Core.Configuration;
using Xunit;

namespace Lem.Tests.Core.Configuration;

public sealed class PromptOrderTests : IDisposable
{
    readonly ConfigFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("prompts: { type: file, path: p.txt, order: by_length }", "prompts.order", "by_length")]
    [InlineData("prompts: { type: jsonl, path: p.jsonl, order: shuffled, seed: 7 }", "prompts.seed", "7")]
    [InlineData("prompts: { type: csv, path: p.csv, order: shuffled }", "prompts.order", "shuffled")]
    [InlineData("prompts: { type: huggingface, dataset: gsm8k, order: by_length }", "prompts.order", "by_length")]
    [InlineData("dataset: { name: gsm8k, order: shuffled }", "dataset.order", "shuffled")]
    public void The_order_of_prompts_is_a_key_of_their_source_and_has_its_provenance(string yaml, string path, string value)
    {
        var loaded = _folder.LoadFragment(yaml);

        var entry = Assert.Single(loaded.Provenance, entry => entry.Path == path);
        Assert.Equal((value, true), (entry.Value?.ToString(), entry.Source.StartsWith("file:", StringComparison.Ordinal)));
        Assert.DoesNotContain(loaded.Problems, problem => problem.Severity is ConfigSeverity.Error);
    }

    [Theory]
    [InlineData("prompts: { type: trace, path: t.csv, order: shuffled }")]
    [InlineData("prompts: { type: synthetic, input_tokens: 8, order: shuffled }")]
    [InlineData("prompts: { type: file, path: p.txt, order: random }")]
    public void A_source_with_an_order_of_its_own_takes_no_other(string yaml) => Assert.Throws<ConfigException>(() => _folder.LoadFragment(yaml));

    [Theory]
    [InlineData("dataset: { name: gsm8k, shuffle: true }", "dataset", PromptOrder.Shuffled)]
    [InlineData("dataset: { name: gsm8k, shuffle: false }", "dataset", PromptOrder.AsIs)]
    [InlineData("prompts: { type: huggingface, dataset: gsm8k, shuffle: true }", "prompts", PromptOrder.Shuffled)]
    public void Shuffle_is_the_older_spelling(string yaml, string section, PromptOrder order)
    {
        var loaded = _folder.LoadFragment(yaml);

        Assert.Equal(order, loaded.Config.Dataset?.Order ?? (loaded.Config.Prompts as HuggingFacePrompts)?.Order);
        Assert.Contains(loaded.Problems, problem => problem.Path == $"{section}.shuffle" && problem.Message == $"is `{section}.order` now");
    }
}
