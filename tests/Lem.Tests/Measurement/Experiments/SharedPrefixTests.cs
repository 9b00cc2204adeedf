using Lem.Core.Configuration;
using Lem.Measurement.Experiments;
using Lem.Measurement.Load.Prompts;
using Lem.Tests.Fakes;
using Xunit;
using SyntheticPrompts = Lem.Measurement.Load.Prompts.SyntheticPrompts;

namespace Lem.Tests.Measurement.Experiments;

/// <summary>What an engine receives of synthetic prompts with a shared beginning, whatever a word is to its tokenizer.</summary>
public sealed class SharedPrefixTests
{
    // Two prompts may go on with words that begin alike.
    const int ByChance = 6;

    [Theory]
    [InlineData("characters", 0.5, 50)]
    [InlineData("characters", 0.2, 20)]
    [InlineData("pieces", 0.5, 50)]
    [InlineData("pieces", 0.2, 20)]
    public async Task Prompts_share_exactly_their_share_of_tokens_and_no_two_are_the_same(string tokenizer, double share, int shared)
    {
        var prompts = await TokensAsync(tokenizer, new(Mean: 100), share, count: 5);

        Assert.All(prompts, prompt => Assert.Equal(100, prompt.Count));
        Assert.Equal(5, prompts.Select(prompt => string.Join(' ', prompt)).Distinct().Count());
        foreach (var other in prompts.Skip(1))
            Assert.InRange(Same(prompts[0], other), shared, shared + ByChance);
        Assert.All(prompts, prompt => Assert.Equal((1, 1), (prompt[0], prompt.Count(token => token == 1))));
    }

    [Theory]
    [InlineData("characters")]
    [InlineData("pieces")]
    public async Task Prompts_of_different_lengths_share_as_much_as_the_shorter_one_has_to_share(string tokenizer)
    {
        var prompts = await TokensAsync(tokenizer, new(LengthDistribution.Uniform, Min: 60, Max: 200), 0.5, count: 12);

        Assert.Equal(12, prompts.Select(prompt => string.Join(' ', prompt)).Distinct().Count());
        foreach (var (one, other) in prompts.SelectMany((one, i) => prompts.Skip(i + 1).Select(other => (one, other))))
            Assert.InRange(Same(one, other), (int)Math.Round(Math.Min(one.Count, other.Count) * 0.5), (int)Math.Round(Math.Min(one.Count, other.Count) * 0.5) + ByChance);
    }

    [Fact]
    public async Task All_of_a_prompt_can_be_shared()
    {
        var prompts = await TokensAsync("pieces", new(Mean: 30), 1, count: 3);

        Assert.All(prompts, prompt => Assert.Equal(prompts[0], prompt));
        Assert.Equal(30, prompts[0].Count);
    }

    [Fact]
    public void A_third_of_a_token_more_than_words_is_what_the_pieces_are()
    {
        var text = SyntheticPrompts.Create(1, new(Mean: 1000), null, 0, 1)[0].Text;

        Assert.InRange(new Pieces().Tokens(text).Count / 1000.0, 1.2, 1.4);
    }

    static async Task<IReadOnlyList<IReadOnlyList<int>>> TokensAsync(string tokenizer, TokenLengths lengths, double share, int count)
    {
        var engine = new SteadyEngine(new ManualClock(), TimeSpan.Zero, TimeSpan.Zero);
        if (tokenizer == "pieces")
            engine = new(new ManualClock(), TimeSpan.Zero, TimeSpan.Zero) { Tokenizer = new Pieces().Tokens };
        var prompts = PromptSet.Take("synthetic", SyntheticPrompts.Create(count, lengths, null, share, 1), null);
        var workload = await new WorkloadPlanner(engine, false, new ExperimentConfig(), 1, TimeProvider.System).PlanAsync(prompts, TestContext.Current.CancellationToken);
        return [.. workload.Requests.Select(request => request.Prompt)];
    }

    static int Same(IReadOnlyList<int> one, IReadOnlyList<int> other) => one.Zip(other).TakeWhile(pair => pair.First == pair.Second).Count();

    /// <summary>A token in front, one for each word, and one more for what is longer than five letters.</summary>
    sealed class Pieces
    {
        readonly Dictionary<string, int> _ids = [];

        public IReadOnlyList<int> Tokens(string text) =>
            [1, .. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).SelectMany(word => word.Length > 5 ? (string[])[word[..4], word[4..]] : [word]).Select(Id)];

        int Id(string piece)
        {
            if (!_ids.TryGetValue(piece, out var id))
                _ids[piece] = id = _ids.Count + 2;
            return id;
        }
    }
}
