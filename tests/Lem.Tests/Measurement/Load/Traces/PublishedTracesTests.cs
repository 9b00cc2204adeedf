using Lem.Core.Configuration;
using Lem.Measurement.Load.Traces;
using Lem.Tests.Shared.Traces;
using Xunit;
using TracePrompts = Lem.Measurement.Load.Prompts.TracePrompts;

namespace Lem.Tests.Measurement.Load.Traces;

/// <summary>What the published traces are, counted apart from lem.</summary>
public sealed class PublishedTracesTests
{
    [Fact]
    public void Azure_conversations_are_read_whole()
    {
        var trace = TraceReader.Read(PublishedTraces.Require("azure-llm-2023-conversation.csv"), TraceFormat.Azure);

        var (mean, variation) = Gaps(trace);
        Assert.Equal((19_366, 0), (trace.Rows.Count, trace.Dropped));
        Assert.Equal((22_361_870, 4_088_665), (trace.Rows.Sum(row => (long)row.InputTokens), trace.Rows.Sum(row => (long)row.OutputTokens)));
        Assert.Equal(TimeSpan.FromSeconds(3501.721937), trace.Rows[^1].Offset);
        Assert.Equal(0.180827, mean, 6);
        Assert.Equal(1.094198, variation, 6);
    }

    [Fact]
    public void Mooncake_conversations_share_a_third_of_their_prompts()
    {
        var trace = TraceReader.Read(PublishedTraces.Require("mooncake-conversation-first3000.jsonl"), TraceFormat.Mooncake);

        var (mean, variation) = Gaps(trace);
        Assert.Equal((3000, 0), (trace.Rows.Count, trace.Dropped));
        Assert.Equal((40_550_180, 1_048_832), (trace.Rows.Sum(row => (long)row.InputTokens), trace.Rows.Sum(row => (long)row.OutputTokens)));
        Assert.Equal(0.329110, mean, 6);
        Assert.Equal(2.849247, variation, 6);
        // Prompt tokens that repeat the beginning of an earlier prompt: 31.97 %.
        Assert.Equal(12_964_863, Repeated(trace));
    }

    [Fact]
    public void Prompts_of_Mooncake_repeat_what_its_blocks_repeat()
    {
        var trace = TraceReader.Read(PublishedTraces.Require("mooncake-conversation-first3000.jsonl"), TraceFormat.Mooncake);
        var rows = trace with { Rows = [.. trace.Rows.Take(60)] };

        var prompts = TracePrompts.Create(rows, 1);

        // A word is a token here. What repeats is found in the texts alone.
        var seen = new HashSet<string>();
        long repeated = 0;
        foreach (var words in prompts.Select(prompt => prompt.Text.Split(' ', StringSplitOptions.RemoveEmptyEntries)))
        {
            var same = 0;
            var beginnings = Enumerable.Range(1, (words.Length + 511) / 512).Select(block => string.Join(' ', words.Take(block * 512))).ToList();
            while (same < beginnings.Count && seen.Contains(beginnings[same]))
                same++;
            repeated += Math.Min(words.Length, same * 512);
            seen.UnionWith(beginnings);
        }

        Assert.Equal(Repeated(rows), repeated);
        Assert.Equal(rows.Rows.Select(row => (int?)row.InputTokens), prompts.Select(prompt => prompt.InputTokens));
        Assert.Equal(rows.Rows.Select(row => (int?)row.OutputTokens), prompts.Select(prompt => prompt.OutputTokens));
    }

    static (double MeanSeconds, double Variation) Gaps(RecordedTrace trace)
    {
        double[] gaps = [.. trace.Rows.Zip(trace.Rows.Skip(1), (one, next) => (next.Offset - one.Offset).TotalSeconds)];
        var mean = gaps.Average();
        return (mean, Math.Sqrt(gaps.Sum(gap => (gap - mean) * (gap - mean)) / (gaps.Length - 1)) / mean);
    }

    static long Repeated(RecordedTrace trace)
    {
        var seen = new HashSet<long>();
        long repeated = 0;
        foreach (var row in trace.Rows)
        {
            var blocks = row.Blocks ?? [];
            repeated += Math.Min(row.InputTokens, blocks.TakeWhile(seen.Contains).Count() * RecordedTrace.BlockTokens);
            seen.UnionWith(blocks);
        }

        return repeated;
    }
}
