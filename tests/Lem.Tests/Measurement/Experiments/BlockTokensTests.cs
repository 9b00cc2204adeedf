using Lem.Core.Configuration;
using Lem.Measurement.Experiments;
using Lem.Measurement.Load.Prompts;
using Lem.Tests.Fakes;
using Xunit;
using TracePrompts = Lem.Measurement.Load.Prompts.TracePrompts;

namespace Lem.Tests.Measurement.Experiments;

public sealed class BlockTokensTests
{
    static readonly IReadOnlyList<Prompt> Prompts =
        TracePrompts.Create(new("t", [new(default, 1200, 5, [0, 1, 2]), new(default, 1024, 5, [0, 1]), new(default, 600, 5, [0, 3])]), 1);

    // The fake tokenizer makes one token per character, and one in front: five tokens a word.
    [Fact]
    public async Task Prompts_share_exactly_the_tokens_of_their_blocks_whatever_a_word_is()
    {
        var requests = (await PlanAsync(new ExperimentConfig(MaxInputTokens: null))).Requests;

        Assert.Equal([1200, 1024, 600], requests.Select(request => request.Prompt.Count));
        Assert.Equal(1024, Same(requests[0].Prompt, requests[1].Prompt));
        Assert.InRange(Same(requests[0].Prompt, requests[2].Prompt), 512, 515); // The next word may begin alike.
        Assert.All(requests, request => Assert.Equal((1, 1), (request.Prompt[0], request.Prompt.Count(token => token == 1))));
    }

    [Fact]
    public async Task A_limit_cuts_their_end_and_is_told()
    {
        var config = new ExperimentConfig(MaxInputTokens: 1000, MaxOutputTokens: 3);
        var workload = await PlanAsync(config);

        Assert.Equal([1000, 1000, 600], workload.Requests.Select(request => request.Prompt.Count));
        Assert.Equal(2, workload.Truncated);
        var doubt = CutLengths.Doubt(PromptSet.Take("t", Prompts, null), config);
        Assert.Equal("lengths_cut", doubt?.Code);
        Assert.Equal(
            "of 3 requests 2 prompts are longer than max_input_tokens (1000) and 3 answers are longer than max_output_tokens (3): "
            + "the load is lighter than t says",
            doubt?.Message);
        Assert.Equal("max_input_tokens: 1200 and max_output_tokens: 5 would cut nothing.", doubt?.Hint);
        Assert.Null(CutLengths.Doubt(PromptSet.Take("t", Prompts, null), new ExperimentConfig(MaxInputTokens: 1200, MaxOutputTokens: 5)));
    }

    static Task<Workload> PlanAsync(ExperimentConfig config) =>
        new WorkloadPlanner(new SteadyEngine(new ManualClock(), TimeSpan.Zero, TimeSpan.Zero), false, config, 1, TimeProvider.System)
            .PlanAsync(PromptSet.Take("t", Prompts, null), TestContext.Current.CancellationToken);

    static int Same(IReadOnlyList<int> one, IReadOnlyList<int> other) => one.Zip(other).TakeWhile(pair => pair.First == pair.Second).Count();
}
