using System.Text;
using System.Text.Json;
using Lem.Measurement.Engines;
using Lem.Measurement.Engines.OpenAi.Client;
using Lem.Tests.Fakes;
using Xunit;

namespace Lem.Tests.Measurement.Engines.OpenAi.Client;

public sealed class ChunkReaderTests
{
    const string Plain = """{"id":"cmpl-1","object":"text_completion","model":"m","choices":[{"index":0,"text":" the","logprobs":null,"finish_reason":null}]}""";

    readonly ChunkReader _reader = new(keepText: true);

    [Fact]
    public void Text_without_a_count_is_output_of_unknown_size() =>
        Assert.Equal((true, TokenEvent.Unknown, " the"), Told(Read(Plain)));

    [Fact]
    public void Growth_of_the_usage_tells_how_many_tokens_an_event_brought()
    {
        Assert.Equal((false, 0, null), Told(Read(Vllm("", 0))));
        Assert.Equal((true, 1, "a"), Told(Read(Vllm("a", 1))));
        Assert.Equal((true, 4, "b"), Told(Read(Vllm("b", 5))));

        // The end of the text is a token without text.
        Assert.Equal((true, 1, null), Told(Read(Vllm("", 6))));
        Assert.Equal((false, 0, null), Told(Read("""{"choices":[],"usage":{"prompt_tokens":7,"completion_tokens":6,"prompt_tokens_details":{"cached_tokens":3}}}""")));
        Assert.Equal((6, 7, 3), (_reader.OutputTokens, _reader.PromptTokens, _reader.CachedTokens));
    }

    [Fact]
    public void A_total_at_the_end_belongs_to_no_event()
    {
        Read(Plain);
        Read(Plain);

        var last = Read("""{"choices":[{"index":0,"text":"","finish_reason":"length"}],"usage":{"completion_tokens":9}}""");

        Assert.Equal((false, 0, null), Told(last));
        Assert.Equal(("length", 9), (last.FinishReason, _reader.OutputTokens));
    }

    [Fact]
    public void Llama_server_counts_in_its_timings()
    {
        Assert.Equal(2, Read("""{"choices":[{"text":"ab","index":0,"finish_reason":null}],"timings":{"prompt_n":5,"predicted_n":2}}""").Tokens);
        Assert.Equal(1, Read("""{"choices":[{"text":"c","index":0,"finish_reason":null}],"timings":{"prompt_n":5,"predicted_n":3}}""").Tokens);
        Assert.False(Read("""{"choices":[{"text":"","index":0,"finish_reason":"length"}],"timings":{"predicted_n":3}}""").HasOutput);
    }

    [Theory]
    [InlineData("""{"choices":[{"delta":{"role":"assistant","content":""}}]}""", false)]
    [InlineData("""{"choices":[{"delta":{"content":"x"}}]}""", true)]
    [InlineData("""{"choices":[{"delta":{"reasoning_content":"x"}}]}""", true)]
    [InlineData("""{"choices":[{"delta":{"tool_calls":[{"index":0}]}}]}""", true)]
    [InlineData("""{"choices":[{"delta":{"content":null}}]}""", false)]
    [InlineData("""{"choices":[]}""", false)]
    public void What_a_chat_says_or_thinks_is_output(string data, bool hasOutput) => Assert.Equal(hasOutput, Read(data).HasOutput);

    [Fact]
    public void Token_ids_are_counted() =>
        Assert.Equal(3, Read("""{"choices":[{"text":"abc","token_ids":[1,2,3],"finish_reason":null}]}""").Tokens);

    [Theory]
    [InlineData("""{"error":{"message":"out of memory","type":"server_error"}}""", "out of memory")]
    [InlineData("""{"error":"stopped"}""", "stopped")]
    public void An_error_in_the_stream_is_told_in_the_servers_words(string data, string message) => Assert.Equal(message, Read(data).Error);

    [Fact]
    public void The_last_line_is_done() => Assert.True(Read("[DONE]").IsDone);

    [Theory]
    [InlineData("not json")]
    [InlineData("[1]")]
    [InlineData("{\"choices\":[1]}")]
    [InlineData("{\"choices\":[{\"text\":\"a\"")]
    public void What_is_no_event_is_refused(string data) => Assert.ThrowsAny<JsonException>(() => Read(data));

    [Fact]
    public void An_event_allocates_nothing()
    {
        var reader = new ChunkReader(keepText: false);
        var data = Encoding.UTF8.GetBytes(Plain);

        Assert.Equal(0, Allocations.Least(() =>
        {
            for (var i = 0; i < 1000; i++)
                reader.Read(data);
        }));
    }

    static string Vllm(string text, int total) =>
        $$"""{"id":"cmpl-1","choices":[{"index":0,"text":"{{text}}","finish_reason":null,"stop_reason":null}],"usage":{"prompt_tokens":7,"completion_tokens":{{total}} } }""";

    static (bool, int, string?) Told(StreamChunk chunk) => (chunk.HasOutput, chunk.Tokens, chunk.Text);

    StreamChunk Read(string data) => _reader.Read(Encoding.UTF8.GetBytes(data));
}
