using Lem.Core.Configuration;
using Xunit;
using SyntheticPrompts = Lem.Measurement.Load.Prompts.SyntheticPrompts;

namespace Lem.Tests.Measurement.Load.Prompts;

public class SyntheticPromptsTests
{
    [Fact]
    public void Fixed_lengths_are_exact_and_texts_differ()
    {
        var prompts = SyntheticPrompts.Create(20, new TokenLengths(Mean: 50), new TokenLengths(Mean: 7), sharedPrefix: 0, seed: 1);

        Assert.All(prompts, p => Assert.Equal((50, 7), (p.InputTokens, p.OutputTokens)));
        Assert.Equal(20, prompts.Select(p => p.Text).Distinct().Count());
    }

    [Fact]
    public void A_shared_prefix_is_the_same_in_all_prompts()
    {
        var prompts = SyntheticPrompts.Create(5, new TokenLengths(Mean: 100), null, sharedPrefix: 0.5, seed: 1);

        var prefixes = prompts.Select(p => string.Join(' ', p.Text.Split(' ')[..50])).Distinct();
        Assert.Single(prefixes);
        Assert.Equal(5, prompts.Select(p => p.Text).Distinct().Count());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.2)]
    [InlineData(1)]
    public void The_same_seed_makes_the_same_prompts(double sharedPrefix)
    {
        Assert.Equal(Texts(seed: 3), Texts(seed: 3));
        Assert.NotEqual(Texts(seed: 3), Texts(seed: 4));

        IEnumerable<string> Texts(ulong seed) => SyntheticPrompts.Create(9, new TokenLengths(LengthDistribution.Uniform, Min: 20, Max: 40), null, sharedPrefix, seed).Select(prompt => prompt.Text);
    }

    [Theory]
    [InlineData(LengthDistribution.Normal)]
    [InlineData(LengthDistribution.Lognormal)]
    public void Drawn_lengths_have_the_mean_and_spread_asked_for(LengthDistribution law)
    {
        var lengths = SyntheticPrompts.Create(4000, new(law, 200, 40, 1, 1000), null, 0, seed: 7).Select(p => (double)p.InputTokens!).ToArray();

        var mean = lengths.Average();
        var deviation = Math.Sqrt(lengths.Sum(l => (l - mean) * (l - mean)) / (lengths.Length - 1));
        // Four standard errors of the mean and of the deviation for n = 4000.
        Assert.InRange(mean, 200 - 2.6, 200 + 2.6);
        Assert.InRange(deviation, 40 - 2.6, 40 + 2.6);
    }

    [Fact]
    public void Uniform_lengths_reach_both_ends_and_no_further()
    {
        var lengths = SyntheticPrompts.Create(500, new(LengthDistribution.Uniform, Min: 3, Max: 6), null, 0, seed: 7).Select(p => p.InputTokens).ToArray();

        Assert.Equal([3, 4, 5, 6], lengths.Distinct().Order());
    }
}
