using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Lem.Measurement.Engines.OpenAi.Client;
using Xunit;

namespace Lem.Tests.Measurement.Engines.OpenAi.Client;

public sealed class EventShapeTests
{
    const string Learnt = """{"id":"cmpl-1","choices":[{"index":0,"text":" the","finish_reason":null}],"usage":{"prompt_tokens":7,"total_tokens":19,"completion_tokens":12}}""";

    [Theory]
    [InlineData(" the", 12)]
    [InlineData("x", 13)]
    [InlineData(" 42 km", 99)]
    [InlineData("größe", 100000)]
    public void Another_text_and_other_numbers_fit(string text, int count)
    {
        var fits = Shape().Fits(Encoding.UTF8.GetBytes(Learnt.Replace(" the", text, StringComparison.Ordinal).Replace("12}", $"{count}}}", StringComparison.Ordinal)), out var read, out var counter);

        Assert.True(fits);
        Assert.Equal((text, count), (Encoding.UTF8.GetString(read), counter));
    }

    [Theory]
    [InlineData(" the", "")]
    [InlineData(" the", "a\\n")]
    [InlineData(" the", "a\tb")]
    [InlineData("null", "\"length\"")]
    [InlineData("cmpl-1", "cmpl-2")]
    [InlineData("12}}", "}}")]
    [InlineData("12}}", "99999999999}}")]
    [InlineData("12}}", "12}} ")]
    [InlineData("12}}", "12}")]
    [InlineData("\"index\":0", "\"index\":1")]
    public void Anything_else_does_not(string from, string to) =>
        Assert.False(Shape().Fits(Encoding.UTF8.GetBytes(Learnt.Replace(from, to, StringComparison.Ordinal)), out _, out _));

    // The quick way must never say anything else than the parser would.
    [Fact]
    public void A_stream_reads_the_same_with_and_without_what_was_learnt() =>
        Prop.ForAll(ArbMap.Default.ArbFor<(string Text, byte Tokens, bool HasUsage, bool Ends)[]>(), ReadsTheSame).QuickCheckThrowOnFailure();

    static void ReadsTheSame((string Text, byte Tokens, bool HasUsage, bool Ends)[] events)
    {
        var quick = new ChunkReader(keepText: true);
        var total = 0;
        var told = -1;
        foreach (var (text, tokens, hasUsage, ends) in events)
        {
            total += tokens;
            var plain = string.Concat((text ?? "").Where(c => c is >= ' ' and < (char)0x250 or '\n'));
            var data = Encoding.UTF8.GetBytes(
                $"{{\"choices\":[{{\"text\":{System.Text.Json.JsonSerializer.Serialize(plain)},\"finish_reason\":{(ends ? "\"stop\"" : "null")}}}]{(hasUsage ? $",\"usage\":{{\"completion_tokens\":{total}}}" : "")}}}");

            // A reader that has seen one event only has learnt nothing.
            var parsed = new ChunkReader(keepText: true).Read(data);
            var read = quick.Read(data);

            Assert.Equal((parsed.Text, parsed.FinishReason, parsed.Error), (read.Text, read.FinishReason, read.Error));
            told = hasUsage ? total : told;
            Assert.Equal(told, quick.OutputTokens);
        }
    }

    static EventShape Shape()
    {
        var data = Encoding.UTF8.GetBytes(Learnt);
        var text = Learnt.IndexOf(" the", StringComparison.Ordinal);
        return EventShape.Learn(data, text, 4, Learnt.IndexOf("12}", StringComparison.Ordinal)) ?? throw new InvalidOperationException("nothing was learnt");
    }
}
