using Lem.Core.Configuration;
using Lem.Tests.Core.Configuration;
using Xunit;

namespace Lem.Tests.Documentation;

/// <summary>No page shows a file that lem would refuse.</summary>
public sealed class YamlTests : IDisposable
{
    readonly ConfigFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_configuration_that_a_page_shows_loads()
    {
        List<(string Name, string Text)> blocks = [.. Document.All.SelectMany(Configurations)];

        Assert.True(blocks.Count >= 4, $"only {blocks.Count} blocks were found");
        Assert.Empty(blocks.SelectMany(block => Refusals(block.Name, block.Text)));
    }

    [Theory]
    [InlineData("model_name: org/model\nbackend: vllm\n")]
    [InlineData("concurency: 4\n")]
    [InlineData("campaign_name: sweep\nvary: { batching: { batch_siz: [1, 2] } }\n")]
    public void A_configuration_that_is_refused_is_noticed(string text) => Assert.NotEmpty(Refusals("page.md", text));

    [Fact]
    public void A_fragment_needs_neither_name_nor_model() => Assert.Empty(Refusals("page.md", "concurrency: 4\n"));

    // A compose file is Docker's to judge.
    static IEnumerable<(string Name, string Text)> Configurations(Document page) =>
        page.YamlBlocks.Index()
            .Where(block => !block.Item.Split('\n').Contains("services:"))
            .Select(block => ($"{page.Path}, block {block.Index + 1}", block.Item));

    IEnumerable<string> Refusals(string name, string text)
    {
        var lines = text.Split('\n');
        try
        {
            if (Has("campaign_name"))
                _ = _folder.LoadCampaign(text);
            else if (Has("config_name") || Has("model_name") || Has("backend"))
                _ = _folder.Load(text);
            else
                _ = _folder.LoadFragment(text);
            return [];
        }
        catch (ConfigException e)
        {
            return [$"{name}: {e.Message}"];
        }

        bool Has(string key) => lines.Any(line => line.StartsWith($"{key}:", StringComparison.Ordinal));
    }
}
