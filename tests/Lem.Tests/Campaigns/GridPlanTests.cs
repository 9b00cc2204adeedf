using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Lem.Campaigns.Planning;
using Lem.Core.Configuration;
using Lem.Tests.Core.Configuration;
using Xunit;

namespace Lem.Tests.Campaigns;

public sealed class GridPlanTests : IDisposable
{
    const string SeedGrid = """
        campaign_name: full-backend-sweep
        base_config:
          model: { name: meta-llama/Llama-3.1-8B, fp_precision: fp16 }
          max_output_tokens: 256
        vary:
          backend: [pytorch, vllm]
          batching: { batch_size: [1, 4, 8] }

        """;

    readonly ConfigFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Two_backends_and_three_batch_sizes_are_six_cells()
    {
        var plan = PlanOf(SeedGrid);

        Assert.Equal(
            ["pytorch_1", "pytorch_4", "pytorch_8", "vllm_1", "vllm_4", "vllm_8"],
            plan.Cells.Select(cell => cell.Name["full-backend-sweep_".Length..]));
        Assert.All(plan.Cells, cell => Assert.Equal(cell.Name, cell.Loaded.Config.ConfigName));
        Assert.Equal(Backend.Vllm, plan.Cells[^1].Loaded.Config.Backend);
        Assert.Equal(8, plan.Cells[^1].Loaded.Config.Batching.BatchSize);
        Assert.Equal(Precision.Float16, plan.Cells[0].Loaded.Config.FpPrecision);
        Assert.Empty(plan.Invalid);
    }

    [Fact]
    public void Exclude_leaves_five_and_configs_add_two()
    {
        _folder.Write("configs/pytorch_fp16.yaml", "config_name: pytorch_fp16\nmodel_name: org/a\nbackend: pytorch\n");
        _folder.Write("configs/vllm_fp16.yaml", "config_name: vllm_fp16\nmodel_name: org/a\nbackend: vllm\n");

        var plan = PlanOf(SeedGrid + """
            configs: [configs/pytorch_fp16.yaml, configs/vllm_fp16.yaml]
            exclude: [ {backend: vllm, batching.batch_size: 1} ]
            """);

        Assert.Equal(7, plan.Cells.Count);
        Assert.Equal("full-backend-sweep_vllm_1", Assert.Single(plan.Excluded).Name);
        Assert.Equal(["pytorch_fp16", "vllm_fp16"], plan.Cells.TakeLast(2).Select(cell => cell.Name));
    }

    [Fact]
    public void A_parameter_of_one_backend_multiplies_only_its_cells()
    {
        var plan = PlanOf("""
            campaign_name: c
            base_config: { model_name: org/a }
            vary:
              backend: [pytorch, vllm, llamacpp]
              vllm.max_num_seqs: [8, 16]
              pytorch: { attn_implementation: [sdpa, eager], use_cache: [true, false] }
            """);

        Assert.Equal(4, plan.Cells.Count(cell => cell.Loaded.Config.Backend is Backend.Pytorch));
        Assert.Equal(2, plan.Cells.Count(cell => cell.Loaded.Config.Backend is Backend.Vllm));
        Assert.Equal(1, plan.Cells.Count(cell => cell.Loaded.Config.Backend is Backend.Llamacpp));
    }

    [Fact]
    public void A_preset_of_the_base_or_of_an_axis_decides_the_backend()
    {
        var ofBase = PlanOf("campaign_name: c\nbase_config: { model_name: org/a, preset: vllm-throughput }\nvary: { vllm.max_num_seqs: [8, 16] }\n");
        var ofAxis = PlanOf("campaign_name: c\nbase_config: { model_name: org/a }\nvary: { preset: [pytorch-compatible, vllm-throughput], vllm.max_num_seqs: [8, 16] }\n");

        Assert.Equal(2, ofBase.Cells.Count);
        Assert.Equal([Backend.Pytorch, Backend.Vllm, Backend.Vllm], ofAxis.Cells.Select(cell => cell.Loaded.Config.ResolvedBackend));
    }

    [Fact]
    public void An_invalid_cell_is_listed_with_its_reason_and_does_not_run()
    {
        var plan = PlanOf("""
            campaign_name: c
            base_config: { model_name: org/a, fp_precision: float32 }
            vary: { backend: [pytorch, tensorrt] }
            """);

        Assert.Equal("c_pytorch", Assert.Single(plan.Cells).Name);
        Assert.Contains("float16 or bfloat16", Assert.Single(plan.Invalid).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Cycles_of_a_cell_belong_to_the_campaign() =>
        Assert.Contains("execution.cycles", Assert.Single(PlanOf("campaign_name: c\nbase_config: { model_name: synthetic:tiny, num_cycles: 3 }\n").Invalid).Reason, StringComparison.Ordinal);

    [Fact]
    public void Equal_cells_run_once_unless_asked_otherwise()
    {
        const string Campaign = "campaign_name: c\nbase_config: { model_name: org/a }\nvary: { fp_precision: [fp16, float16] }\n";

        var plan = PlanOf(Campaign);
        var all = GridPlan.Of(_folder.LoadCampaign(Campaign), _folder.Loader, deduplicate: false);

        Assert.Single(plan.Cells);
        Assert.Equal("is equal to c_fp16", Assert.Single(plan.Duplicates).Reason);
        Assert.Equal(2, all.Cells.Count);
    }

    [Fact]
    public void The_campaign_overrides_every_cell()
    {
        _folder.Write("a.yaml", "config_name: a\nmodel_name: org/a\nnum_input_prompts: 7\n");

        var config = Assert.Single(PlanOf("campaign_name: c\nconfigs: [a.yaml]\nmodel: org/b\ndataset: alpaca\nnum_samples: 9\nexecution: { warmup_prompts: 6 }\n").Cells).Loaded.Config;

        Assert.Equal(("org/b", "alpaca", 9, 6), (config.ModelName, config.Dataset!.Name, config.NumInputPrompts, config.Warmup.MinPrompts));
    }

    [Fact]
    public void A_base_may_be_a_file_with_sections_of_all_its_backends()
    {
        _folder.Write("base.yaml", "model_name: org/a\nvllm: { enforce_eager: true }\npytorch: { use_cache: true }\n");

        var plan = PlanOf("campaign_name: c\nbase: base.yaml\nvary: { backend: [pytorch, vllm] }\n");

        Assert.Equal([false, true], plan.Cells.Select(cell => cell.Loaded.Config.HasSection(Backend.Vllm)));
    }

    [Fact]
    public void A_grid_without_a_campaign_varies_a_file()
    {
        _folder.Write("base.yaml", "config_name: base\nmodel_name: synthetic:tiny\n");
        var vary = new JsonObject { ["batching.batch_size"] = new JsonArray(1, 2), ["streaming"] = new JsonArray(true, false) };

        var plan = GridPlan.Of("base", "base.yaml", vary, _folder.Work, _folder.Loader);

        Assert.Equal(
            ["batch_size_1_streaming_true", "batch_size_1_streaming_false", "batch_size_2_streaming_true", "batch_size_2_streaming_false"],
            plan.Cells.Select(cell => cell.Name["base_".Length..]));
    }

    [Fact]
    public void A_missing_file_is_an_invalid_cell() =>
        Assert.Equal("does not exist", Assert.Single(Assert.Single(PlanOf("campaign_name: c\nconfigs: [nowhere.yaml]\n").Invalid).Errors).Message);

    [Fact]
    public void A_grid_of_astronomic_size_is_refused_before_it_is_made()
    {
        var axes = string.Join('\n', Enumerable.Range(0, 8).Select(axis => $"  extra_metadata.a{axis}: [1, 2, 3, 4, 5, 6, 7, 8]"));

        Assert.Throws<ConfigException>(() => PlanOf($"campaign_name: c\nbase_config: {{ model_name: org/a }}\nvary:\n{axes}\n"));
    }

    [Fact]
    public void The_size_of_a_grid_is_the_product_of_its_axes() =>
        Prop.ForAll(Gen.Choose(0, 4).ListOf().Where(sizes => sizes.Count <= 5).ToArbitrary(), sizes =>
        {
            GridAxis[] axes = [.. sizes.Select((size, index) => new GridAxis($"axis{index}", [.. Enumerable.Range(0, size).Select(value => (JsonNode?)value)]))];

            var cells = Grid.Expand(axes, _ => Backend.Llamacpp).ToList();

            return cells.Count == sizes.Aggregate(1, (product, size) => product * size)
                && cells.Select(cell => string.Join(',', cell.Select(axis => axis.Value))).Distinct().Count() == cells.Count;
        }).QuickCheckThrowOnFailure();

    GridPlan PlanOf(string yaml) => GridPlan.Of(_folder.LoadCampaign(yaml), _folder.Loader);
}
