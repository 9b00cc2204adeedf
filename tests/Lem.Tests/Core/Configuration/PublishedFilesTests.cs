using System.Text.Json.Nodes;
using Lem.Campaigns.Planning;
using Lem.Core.Configuration;
using Lem.Core.Configuration.Schema;
using Xunit;

namespace Lem.Tests.Core.Configuration;

/// <summary>What stands in the repository for users: examples load, schemas are those of the code.</summary>
public class PublishedFilesTests
{
    public static TheoryData<string> Examples { get; } =
        [.. Directory.GetFiles(Path.Combine(Root, "examples"), "*.yaml").Select(path => Path.GetFileName(path)).Order()];

    static string Root => Checkout.Root() ?? throw new InvalidOperationException("the tests run outside a checkout");

    [Theory]
    [MemberData(nameof(Examples))]
    public void Every_example_loads_without_a_warning(string file)
    {
        var folder = Path.Combine(Root, "examples");
        var loader = new ConfigLoader(new(folder, folder, new Dictionary<string, string>()));

        if (loader.IsCampaign(file))
        {
            var campaign = loader.LoadCampaign(file);
            var plan = GridPlan.Of(campaign, loader);
            Assert.Empty(campaign.Problems);
            Assert.Empty(plan.Invalid);
            Assert.NotEmpty(plan.Cells);
        }
        else
        {
            Assert.DoesNotContain(loader.Load(new(file)).Problems, problem => problem.Severity is not ConfigSeverity.Info);
        }
    }

    [Fact]
    public void The_backends_campaign_plans_what_its_comment_says()
    {
        var folder = Path.Combine(Root, "examples");
        var loader = new ConfigLoader(new(folder, folder, new Dictionary<string, string>()));

        var plan = GridPlan.Of(loader.LoadCampaign("campaign-backends.yaml"), loader);

        Assert.Equal((7, 1), (plan.Cells.Count, plan.Excluded.Count));
    }

    [Fact]
    public void The_experiment_schema_is_that_of_the_code() => AssertCurrent("experiment-config.schema.json", JsonSchema.Experiment());

    [Fact]
    public void The_campaign_schema_is_that_of_the_code() => AssertCurrent("campaign-config.schema.json", JsonSchema.Campaign());

    [Fact]
    public void The_schema_knows_ranges_choices_and_short_forms()
    {
        var properties = JsonSchema.Experiment()["properties"]!;

        Assert.Equal(1, (double)properties["vllm"]!["anyOf"]![0]!["properties"]!["gpu_memory_utilization"]!["anyOf"]![0]!["maximum"]!);
        Assert.Contains("fp16", properties["fp_precision"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.False((bool)properties["decoder"]!["additionalProperties"]!);
        Assert.Equal(50, (int)properties["decoder"]!["properties"]!["top_k"]!["default"]!);
    }

    static void AssertCurrent(string name, JsonObject schema)
    {
        var path = Path.Combine(Root, "docs", "schema", name);
        var text = schema.ToJsonString(ConfigJson.Default.Options).ReplaceLineEndings("\n") + "\n";
        if (Environment.GetEnvironmentVariable("LEM_ACCEPT") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
        }

        Assert.True(File.Exists(path) && File.ReadAllText(path) == text, $"docs/schema/{name} is not current: run the tests with LEM_ACCEPT=1 and review the change");
    }
}
