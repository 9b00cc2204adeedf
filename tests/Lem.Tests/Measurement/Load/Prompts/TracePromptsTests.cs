using System.Globalization;
using Lem.Core.Configuration;
using Lem.Measurement.Load.Prompts;
using Lem.Measurement.Load.Traces;
using Xunit;
using TracePrompts = Lem.Measurement.Load.Prompts.TracePrompts;

namespace Lem.Tests.Measurement.Load.Prompts;

public sealed class TracePromptsTests
{
    [Fact]
    public void Equal_chains_of_ids_are_equal_beginnings_and_nothing_more()
    {
        var prompts = Prompts([0, 1, 2], [0, 1, 3], [0, 4], [5, 1, 2]);

        var words = prompts.Select(prompt => prompt.Text.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToList();
        Assert.Equal([3 * 512, 3 * 512, 2 * 512, 3 * 512], words.Select(text => text.Length));
        Assert.Equal(2 * 512, SameWords(words[0], words[1]));
        Assert.Equal(512, SameWords(words[0], words[2]));
        // Some words agree by chance: one in a hundred.
        Assert.InRange(SameWords(words[0], words[3]), 0, 5);
        Assert.InRange(SameWords(words[0].Skip(2 * 512), words[1].Skip(2 * 512)), 0, 5);
    }

    [Fact]
    public void The_last_block_is_as_long_as_the_prompt_has_tokens_left()
    {
        var prompts = TracePrompts.Create(new("t", [new(default, 700, 9, [0, 1]), new(default, 512, 9, [0])]), 1);

        Assert.Equal((700, 9), (prompts[0].InputTokens, prompts[0].OutputTokens));
        Assert.Equal(700, prompts[0].Text.Count(c => c == ' '));
        Assert.StartsWith(prompts[1].Text, prompts[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Prompts_without_ids_have_words_of_their_own()
    {
        RecordedTrace trace = new("t", [new(default, 50, 1), new(default, 50, 1), new(default, 50, 1)]);

        string[] texts = [.. TracePrompts.Create(trace, 1).Select(prompt => prompt.Text)];

        Assert.Equal(3, texts.Select(text => text[..20]).Distinct().Count());
        Assert.Equal(texts, TracePrompts.Create(trace, 1).Select(prompt => prompt.Text));
        Assert.Empty(texts.Intersect(TracePrompts.Create(trace, 2).Select(prompt => prompt.Text)));
    }

    [Fact]
    public void Thousands_of_very_long_prompts_take_some_megabytes()
    {
        // 50 blocks that all share, and 146 of their own: as texts some 3 GB.
        long[] Blocks(int row) => [.. Enumerable.Range(0, 196).Select(block => (long)(block < 50 ? block : (row * 1000) + block))];
        RecordedTrace trace = new("t", [.. Enumerable.Range(0, 3000).Select(row => new TraceRow(default, 100_000, 1, Blocks(row)))]);
        var before = GC.GetAllocatedBytesForCurrentThread();

        var prompts = TracePrompts.Create(trace, 1);

        Assert.Equal(100_000, prompts.Max(prompt => prompt.InputTokens));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 200 << 20);
    }

    [Fact]
    public void Prompts_and_arrivals_of_one_trace_are_thinned_alike()
    {
        using var folder = new TemporaryTrace();
        var traffic = new TrafficConfig(true, ArrivalKind.Trace, Trace: new("trace.csv", TraceFormat.Azure, Keep: 0.5), Seed: 3);
        var config = new ExperimentConfig(Prompts: new Lem.Core.Configuration.TracePrompts("trace.csv"), TrafficSimulation: traffic);

        var prompts = PromptSource.Open(config, folder.Path);
        var arrivals = ReplayedTrace.OfArrivals(traffic, folder.Path)!; // The traffic follows a trace.

        Assert.InRange(prompts.Measured.Count, 300, 700);
        Assert.Equal(arrivals.Rows.Select(row => (int?)row.InputTokens), prompts.Measured.Select(prompt => prompt.InputTokens));
        Assert.Equal(1000, PromptSource.Open(config with { TrafficSimulation = new() }, folder.Path).Measured.Count);
        Assert.Equal(12, PromptSource.Open(config with { NumInputPrompts = 12 }, folder.Path).Measured.Count);
    }

    [Theory]
    [InlineData("./trace.csv")]
    [InlineData("../{0}/trace.csv")]
    [InlineData("{1}/trace.csv")]
    public void One_trace_is_one_however_its_path_is_spelt(string spelling)
    {
        using var folder = new TemporaryTrace();
        var path = string.Format(CultureInfo.InvariantCulture, spelling, Path.GetFileName(folder.Path), folder.Path);
        var traffic = new TrafficConfig(true, ArrivalKind.Trace, Trace: new(path, TraceFormat.Azure, Keep: 0.25));

        var prompts = PromptSource.Open(new(Prompts: new Lem.Core.Configuration.TracePrompts("trace.csv"), TrafficSimulation: traffic), folder.Path);

        Assert.Equal(ReplayedTrace.OfArrivals(traffic, folder.Path)!.Rows.Select(row => (int?)row.InputTokens), prompts.Measured.Select(prompt => prompt.InputTokens));
    }

    static IReadOnlyList<Prompt> Prompts(params long[][] chains) =>
        TracePrompts.Create(new("t", [.. chains.Select(chain => new TraceRow(default, chain.Length * 512, 1, chain))]), 1);

    static int SameWords(IEnumerable<string> one, IEnumerable<string> other) => one.Zip(other).TakeWhile(pair => pair.First == pair.Second).Count();

    /// <summary>A folder with a trace of a thousand requests of different lengths.</summary>
    sealed class TemporaryTrace : IDisposable
    {
        readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("lem-trace");

        public TemporaryTrace() => File.WriteAllLines(
            System.IO.Path.Combine(Path, "trace.csv"),
            ["TIMESTAMP,ContextTokens,GeneratedTokens", .. Enumerable.Range(1, 1000).Select(i => $"2023-11-16 18:{i / 60 % 60:00}:{i % 60:00}.5,{i},7")]);

        public string Path => _folder.FullName;

        public void Dispose() => _folder.Delete(recursive: true);
    }
}
