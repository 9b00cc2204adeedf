using Lem.Core.Configuration;
using Lem.Measurement.Experiments;
using Lem.Tests.Fakes;
using Xunit;
using PromptSet = Lem.Measurement.Load.Prompts.PromptSet;
using PromptSource = Lem.Measurement.Load.Prompts.PromptSource;

namespace Lem.Tests.Measurement.Experiments;

public class WorkloadPlannerTests
{
    // The fake tokenizer makes one token per character, and one in front.
    static readonly PromptSet Prompts = PromptSet.Take("test", [new("aaaa"), new("bbbbbbbb"), new("cc"), new("dddddd"), new("spare one"), new("spare two")], 4);

    static readonly ExperimentConfig Config = new(ConfigName: "t", ModelName: "synthetic:tiny", MaxInputTokens: 6, MaxOutputTokens: 9);

    [Fact]
    public async Task Prompts_are_cut_to_the_input_limit_and_counted()
    {
        var workload = await PlanAsync(Config);

        Assert.Equal([5, 6, 3, 6], workload.Batches.SelectMany(b => b).Select(r => r.Prompt.Count));
        Assert.Equal(2, workload.Truncated);
    }

    [Fact]
    public async Task Equal_seeds_give_equal_requests_and_another_seed_others()
    {
        var first = (await PlanAsync(Config)).Batches.SelectMany(b => b).Select(r => r.Seed).ToArray();
        var again = (await PlanAsync(Config)).Batches.SelectMany(b => b).Select(r => r.Seed).ToArray();
        var other = (await PlanAsync(Config, seed: 6)).Batches.SelectMany(b => b).Select(r => r.Seed).ToArray();

        Assert.Equal(first, again);
        Assert.Empty(first.Intersect(other));
        Assert.Equal(4, first.Distinct().Count());
    }

    [Fact]
    public async Task Warm_up_has_the_shape_of_the_window_and_none_of_its_prompts()
    {
        var workload = await PlanAsync(Config with { Batching = new(BatchSize: 2) });
        var measured = workload.Batches.SelectMany(b => b).Select(r => string.Join(',', r.Prompt)).ToHashSet();

        for (var round = 0; round < 20; round++)
        {
            var batch = workload.WarmupBatch(round);
            Assert.Equal(2, batch.Count);
            Assert.All(batch, request =>
            {
                Assert.DoesNotContain(string.Join(',', request.Prompt), measured);
                Assert.InRange(request.Prompt.Count, 3, 6);
                Assert.Equal((9, 9, true), (request.MaxTokens, request.MinTokens, request.IgnoreEos));
            });
        }
    }

    [Fact]
    public async Task Without_warm_up_no_prompt_is_made_for_it()
    {
        var engine = Engine();
        await new WorkloadPlanner(engine, false, Config with { Warmup = new(Enabled: false) }, 5, TimeProvider.System).PlanAsync(Prompts, TestContext.Current.CancellationToken);

        Assert.Equal(4, engine.TextsTokenized);
    }

    [Fact]
    public async Task Synthetic_lengths_are_exact_in_and_out()
    {
        var config = Config with { MaxInputTokens = 512, Prompts = new SyntheticPrompts(3, new(Mean: 40), new(Mean: 5)) };
        var workload = await new WorkloadPlanner(Engine(), false, config, 1, TimeProvider.System).PlanAsync(PromptSource.Open(config, "."), TestContext.Current.CancellationToken);

        Assert.All(workload.Batches.SelectMany(b => b), request => Assert.Equal((40, 5, 5, true), (request.Prompt.Count, request.MaxTokens, request.MinTokens, request.IgnoreEos)));
        Assert.Equal(0, workload.Truncated);
    }

    [Fact]
    public async Task Greedy_is_what_the_decoder_says()
    {
        var greedy = await PlanAsync(Config with { Decoder = new(Temperature: 0) });
        var sampled = await PlanAsync(Config with { Decoder = new(Temperature: 0.7, TopK: 40) });

        Assert.True(greedy.Batches[0][0].Sampling.Greedy);
        Assert.Equal((false, 0.7, 40), (sampled.Batches[0][0].Sampling.Greedy, sampled.Batches[0][0].Sampling.Temperature, sampled.Batches[0][0].Sampling.TopK));
    }

    static Task<Workload> PlanAsync(ExperimentConfig config, ulong seed = 5) =>
        new WorkloadPlanner(Engine(), false, config, seed, TimeProvider.System).PlanAsync(Prompts, TestContext.Current.CancellationToken);

    static SteadyEngine Engine() => new(new ManualClock(), TimeSpan.Zero, TimeSpan.Zero);
}
