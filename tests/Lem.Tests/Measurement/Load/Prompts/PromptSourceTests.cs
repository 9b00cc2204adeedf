using Lem.Core.Configuration;
using Lem.Measurement.Load.Prompts;
using Xunit;
using SyntheticPrompts = Lem.Core.Configuration.SyntheticPrompts;

namespace Lem.Tests.Measurement.Load.Prompts;

public class PromptSourceTests
{
    static readonly string[] Lines = ["four", "seventeen", "a", "three", "twelve"];

    [Theory]
    [InlineData("prompts.txt")]
    [InlineData("prompts.jsonl")]
    [InlineData("prompts.csv")]
    public void Prompts_of_a_file_come_as_they_stand_shuffled_or_by_length(string name)
    {
        Assert.Equal(Lines, Texts(PromptOrder.AsIs));
        Assert.Equal(["a", "four", "three", "twelve", "seventeen"], Texts(PromptOrder.ByLength));
        var shuffled = Texts(PromptOrder.Shuffled);
        Assert.NotEqual(Lines, shuffled);
        Assert.Equal(Lines.Order(), shuffled.Order());
        Assert.Equal(shuffled, Texts(PromptOrder.Shuffled));
        Assert.Contains(Enumerable.Range(0, 20), seed => !shuffled.SequenceEqual(Texts(PromptOrder.Shuffled, seed)));

        string[] Texts(PromptOrder order, int seed = 42) => [.. Open(name, order, null, seed).Measured.Select(prompt => prompt.Text)];
    }

    [Fact]
    public void Shuffled_prompts_are_a_sample_of_the_file_and_sorted_ones_its_first()
    {
        // Twenty seeds take two of five each: of the first two alone there would be one pair.
        Assert.True(Enumerable.Range(0, 20).Select(seed => string.Join(',', Texts(PromptOrder.Shuffled, seed).Order())).Distinct().Count() > 5);
        Assert.Equal(["a", "four", "seventeen"], Open("prompts.txt", PromptOrder.ByLength, 3).Measured.Select(prompt => prompt.Text));
        Assert.Equal(["twelve", "three"], Open("prompts.txt", PromptOrder.ByLength, 3).Spare.Select(prompt => prompt.Text));

        IEnumerable<string> Texts(PromptOrder order, int seed) => Open("prompts.txt", order, 2, seed).Measured.Select(prompt => prompt.Text);
    }

    [Fact]
    public void The_starter_prompts_have_an_order_too()
    {
        Assert.Equal(Lengths(PromptOrder.AsIs).Order(), Lengths(PromptOrder.ByLength));
        Assert.NotEqual(Lengths(PromptOrder.AsIs), Lengths(PromptOrder.Shuffled));

        IEnumerable<int> Lengths(PromptOrder order) =>
            PromptSource.Open(new(Dataset: new("builtin:starter", SampleSize: 20, Order: order)), ".").Measured.Select(prompt => prompt.Text.Length);
    }

    static PromptSet Open(string name, PromptOrder order, int? count, int seed = 42)
    {
        var folder = Directory.CreateTempSubdirectory("lem-prompts");
        try
        {
            File.WriteAllLines(Path.Combine(folder.FullName, name), Path.GetExtension(name) switch
            {
                ".jsonl" => Lines.Select(line => $$"""{"prompt": "{{line}}"}"""),
                ".csv" => ["prompt", .. Lines],
                _ => Lines,
            });
            PromptsConfig prompts = Path.GetExtension(name) switch
            {
                ".jsonl" => new JsonlPrompts(name, null, order, seed),
                ".csv" => new CsvPrompts(name, null, order, seed),
                _ => new FilePrompts(name, order, seed),
            };
            return PromptSource.Open(new(Prompts: prompts, NumInputPrompts: count), folder.FullName);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData(null, null, SyntheticPrompts.UsualCount)]
    [InlineData(null, 250, 250)]
    [InlineData(40, null, 40)]
    [InlineData(40, 250, 40)]
    [InlineData(250, 40, 40)]
    public void As_many_synthetic_prompts_are_made_as_are_asked_for(int? count, int? numInputPrompts, int made)
    {
        var config = new ExperimentConfig(Prompts: new SyntheticPrompts(count, new(Mean: 4)), NumInputPrompts: numInputPrompts);

        Assert.Equal(made, PromptSource.Open(config, ".").Measured.Count);
    }
}
