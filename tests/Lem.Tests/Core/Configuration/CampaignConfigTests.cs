using Lem.Core.Configuration;
using Lem.Core.Configuration.Campaigns;
using Xunit;

namespace Lem.Tests.Core.Configuration;

public sealed class CampaignConfigTests : IDisposable
{
    readonly ConfigFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_campaign_of_files_has_the_documented_defaults()
    {
        var config = _folder.LoadCampaign("campaign_name: c\nconfigs: [a.yaml]\n").Config;

        Assert.Equal(new ExecutionConfig(3, CampaignStructure.Interleaved, 60, 300), config.Execution);
        Assert.Equal(new SafetyConfig(false, 10, null, 300), config.Safety);
        Assert.Equal(new HealthCheckConfig(), config.HealthCheck);
        Assert.Null(config.Schedule);
        Assert.False(config.HasGrid);
    }

    [Fact]
    public void Axes_nested_or_dotted_or_by_short_name_become_full_paths()
    {
        var nested = _folder.LoadCampaign("campaign_name: c\nbase_config: {}\nmodel: m\nvary: { batching: { batch_size: [1, 2] } }\n");
        var dotted = _folder.LoadCampaign("campaign_name: c\nbase_config: {}\nmodel: m\nvary: { batching.batch_size: [1, 2] }\n");
        var named = _folder.LoadCampaign("campaign_name: c\nbase_config: {}\nmodel: m\nvary: { batch_size: [1, 2] }\n");

        Assert.All([nested, dotted, named], loaded => Assert.Equal("""{"batching.batch_size":[1,2]}""", loaded.Config.Vary.ToJsonString()));
    }

    [Theory]
    [InlineData("base_config: { batch_szie: 1 }\nconfigs: [a]", "base_config.batch_szie: unknown; did you mean `batching.batch_size`?")]
    [InlineData("base_config: {}\nvary: { bckend: [vllm] }", "vary.bckend: unknown; did you mean `backend`?")]
    [InlineData("base_config: {}\nvary: { backend: [vlm] }", "vary.backend: must be pytorch, vllm, tensorrt, llamacpp or openai, but is vlm; did you mean `vllm`?")]
    [InlineData("base_config: {}\nvary: { backend: [] }", "vary.backend: must have at least one value")]
    [InlineData("base_config: {}\nvary: { seed: [1] }", "vary.seed: is the name of several keys")]
    [InlineData("base_config: {}\nvary: { backend: [vllm] }\nexclude: [{ backnd: vllm }]", "exclude.backnd: unknown; did you mean `backend`?")]
    [InlineData("configs: [a.yaml]\nexecution: { cycle: 3 }", "execution.cycle: unknown; did you mean `execution.cycles`?")]
    [InlineData("execution: { cycles: 3 }", "configs: is required")]
    [InlineData("configs: [a]\nsafety: { wall_clock: soon }", "safety.wall_clock: must be a number with s, m, h, d or w")]
    [InlineData("configs: [a]\nschedule: { at: noon, days: [mon] }", "schedule.at: must be a time of day as HH:MM, but is noon")]
    public void A_mistake_in_any_part_is_told_with_its_place(string yaml, string message)
    {
        var errors = Assert.Throws<ConfigException>(() => _folder.LoadCampaign($"campaign_name: c\n{yaml}\n")).Errors;

        var error = Assert.Single(errors);
        Assert.StartsWith(message, $"{error.Path}: {error.Message}", StringComparison.Ordinal);
        Assert.NotNull(error.Location);
    }

    [Fact]
    public void A_campaign_is_told_from_an_experiment_by_its_name()
    {
        _folder.Write("a.yaml", "config_name: a\nmodel_name: m\n");
        _folder.Write("c.yaml", "campaign_name: c\nconfigs: [a.yaml]\n");

        Assert.False(_folder.Loader.IsCampaign("a.yaml"));
        Assert.True(_folder.Loader.IsCampaign("c.yaml"));
    }
}
