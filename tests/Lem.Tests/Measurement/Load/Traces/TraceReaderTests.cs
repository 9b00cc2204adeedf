using Lem.Core;
using Lem.Core.Configuration;
using Lem.Measurement.Load.Traces;
using Xunit;

namespace Lem.Tests.Measurement.Load.Traces;

public sealed class TraceReaderTests
{
    [Fact]
    public void Azure_times_are_kept_to_the_tenth_of_a_microsecond()
    {
        var trace = Read(TraceFormat.Azure, """
            TIMESTAMP,ContextTokens,GeneratedTokens
            2023-11-16 18:15:46.6805900,374,44
            2023-11-16 18:15:50.9951690,396,109
            2023-11-16 18:15:51,879,55
            """);

        Assert.Equal([new(TimeSpan.Zero, 374, 44), new(new(43_145_790), 396, 109), new(new(43_194_100), 879, 55)], trace.Rows);
        Assert.Equal(0, trace.Dropped);
    }

    [Fact]
    public void Azure_times_of_2024_have_an_offset_from_UTC()
    {
        var trace = Read(TraceFormat.Azure, """
            TIMESTAMP,ContextTokens,GeneratedTokens
            2024-05-10 00:00:00.009930+00:00,2162,5
            2024-05-10 02:00:01.009930+02:00,1,2
            """);

        Assert.Equal(TimeSpan.FromSeconds(1), trace.Rows[1].Offset);
    }

    [Fact]
    public void Mooncake_tells_milliseconds_and_blocks()
    {
        var trace = Read(TraceFormat.Mooncake, """
            {"timestamp": 1000, "input_length": 1030, "output_length": 500, "hash_ids": [0, 1, 99999999999]}
            {"timestamp": 1250.5, "input_length": 512, "output_length": 3, "hash_ids": [0]}
            {"timestamp": 2000, "input_length": 7, "output_length": 3}
            """);

        Assert.Equal([0, 250.5, 1000], trace.Rows.Select(row => row.Offset.TotalMilliseconds));
        Assert.Equal([0, 1, 99999999999], trace.Rows[0].Blocks!); // It has some.
        Assert.Null(trace.Rows[2].Blocks);
    }

    [Fact]
    public void BurstGpt_finds_its_columns_by_name_and_leaves_out_what_failed()
    {
        var trace = Read(TraceFormat.Burstgpt, """
            Timestamp,Session ID,Elapsed time,Model,Request tokens,Response tokens,Total tokens,Log Type
            5,,1.5,ChatGPT,472,18,490,Conversation log
            45.25,,2,GPT-4,1087,0,1087,API log
            118,,2,GPT-4,417,276,693,API log
            """);

        Assert.Equal([new(TimeSpan.Zero, 472, 18), new(TimeSpan.FromSeconds(113), 417, 276)], trace.Rows);
        Assert.Equal(1, trace.Dropped);
    }

    [Fact]
    public void Rows_come_in_the_order_of_their_times()
    {
        var trace = Read(TraceFormat.Burstgpt, "Timestamp,Request tokens,Response tokens\n9,1,1\n7,2,1\n9,3,1\n8,4,1");

        Assert.Equal([2, 4, 1, 3], trace.Rows.Select(row => row.InputTokens));
        Assert.Equal([0, 1, 2, 2], trace.Rows.Select(row => row.Offset.TotalSeconds));
    }

    [Fact]
    public void All_wrong_lines_are_told_at_once()
    {
        var error = Assert.Throws<LemException>(() => Read(TraceFormat.Azure, """
            TIMESTAMP,ContextTokens,GeneratedTokens
            2023-11-16 18:15:46.68,374,44

            yesterday,374,44
            2023-11-16 18:15:46.68,-1,44
            2023-11-16 18:15:46.68,374
            2023-11-16 18:15:46.68,374,99999999999
            """));

        Assert.Equal(
            "t: 4 lines cannot be read: line 4: TIMESTAMP must be as 2023-11-16 18:15:46.6805900, but is 'yesterday'; "
            + "line 5: ContextTokens must be a whole number of 0 to 10000000, but is '-1'; line 6: 2 fields, but the header has 3; "
            + "line 7: GeneratedTokens must be a whole number of 0 to 10000000, but is '99999999999'",
            error.Message);
    }

    [Fact]
    public void Of_very_many_wrong_lines_the_first_are_told()
    {
        var lines = string.Concat(Enumerable.Repeat("x,1,1\n", 500));

        var error = Assert.Throws<LemException>(() => Read(TraceFormat.Burstgpt, $"Timestamp,Request tokens,Response tokens\n{lines}"));

        const string First = "t: 500 lines cannot be read: line 2: Timestamp must be seconds of 0 to 31622400, but is 'x'; line 3:";
        Assert.StartsWith(First, error.Message, StringComparison.Ordinal);
        Assert.EndsWith("; and 492 more", error.Message, StringComparison.Ordinal);
        Assert.InRange(error.Message.Length, 100, 1000);
    }

    [Theory]
    [InlineData("[1]", "expected a JSON object, found Array")]
    [InlineData("{\"input_length\": 1, \"output_length\": 1}", "timestamp must be milliseconds of 0 or more")]
    [InlineData("{\"timestamp\": 0, \"input_length\": 1.5, \"output_length\": 1}", "input_length must be a whole number of 0 to 10000000")]
    [InlineData("{\"timestamp\": 0, \"input_length\": 600, \"output_length\": 1, \"hash_ids\": [1]}", "1 hash_ids, but 600 tokens are 2 blocks of 512")]
    [InlineData("{\"timestamp\": 0, \"input_length\": 6, \"output_length\": 1, \"hash_ids\": [\"a\"]}", "hash_ids must be a list of whole numbers")]
    public void A_wrong_line_of_Mooncake_says_what_it_lacks(string line, string problem)
    {
        var error = Assert.Throws<LemException>(() => Read(TraceFormat.Mooncake, line));

        Assert.Equal($"t: a line cannot be read: line 1: {problem}", error.Message);
    }

    [Fact]
    public void Another_format_is_recognised_by_its_header()
    {
        var error = Assert.Throws<LemException>(() => Read(TraceFormat.Azure, "Timestamp,Model,Request tokens,Response tokens\n"));

        Assert.Equal("t: is no azure trace: there is no column ContextTokens; found: Timestamp, Model, Request tokens, Response tokens", error.Message);
    }

    [Theory]
    [InlineData("", "t: holds no requests")]
    [InlineData("Timestamp,Request tokens,Response tokens\n1,5,0", "t: holds no requests; 1 without input or output were left out")]
    public void A_trace_of_nothing_is_refused(string text, string message) =>
        Assert.Equal(message, Assert.Throws<LemException>(() => Read(TraceFormat.Burstgpt, text)).Message);

    [Fact]
    public void A_file_that_is_not_there_is_named()
    {
        var error = Assert.Throws<LemException>(() => TraceReader.Read("no/such/trace.csv", TraceFormat.Azure));

        Assert.StartsWith("no/such/trace.csv: cannot be read", error.Message, StringComparison.Ordinal);
    }

    static RecordedTrace Read(TraceFormat format, string text) => TraceReader.Read("t", new StringReader(text), format);
}
