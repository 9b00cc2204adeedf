using System.Security.Cryptography;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Lem.Core;
using Lem.Core.Results.Raw;
using Xunit;

namespace Lem.Tests.Core.Results.Raw;

public class RequestLogTests
{
    static readonly RequestRecord Whole = new(3, 7, 0.25, 0.2500001, 0.75, 1.5, 12, 4, "engine", [250_000, 250_000, 250_000], null, true, null, 0.3, 1.25);
    static readonly RequestRecord Failed = new(
        4, 8, 0.5, 0.5, null, null, 9, 0, null, null, null, false, new RequestError("timeout", "no token in 60 s: »still« waiting\n", 0));

    [Fact]
    public void A_line_has_the_documented_fields_in_their_order() =>
        Assert.Equal(
            """{"i":3,"prompt":7,"intended_s":0.25,"sent_s":0.2500001,"prefill_s":0.3,"first_s":0.75,"last_s":1.5,"input_tokens":12,"output_tokens":4,"token_source":"engine","tokenize_ms":1.25,"gaps_us":[250000,250000,250000],"gap_tokens":null,"ok":true,"error":null}""" + "\n",
            Encoding.UTF8.GetString(Write(Whole)));

    [Fact]
    public void An_end_that_is_no_last_token_comes_last() =>
        Assert.EndsWith(",\"end_s\":60.5}\n", Encoding.UTF8.GetString(Write(Failed with { EndS = 60.5 })), StringComparison.Ordinal);

    [Fact]
    public void What_was_written_is_read_back()
    {
        RequestRecord[] written =
        [
            Whole, Failed, Failed with { Error = new("cut_stream", "gone", null) }, Whole with { I = 5, GapTokens = [1, 2, 1] }, Failed with { I = 6, EndS = 60.5 },
        ];

        AssertSame(written, Read(Write(written)));
    }

    [Fact]
    public void Lines_longer_than_the_buffer_are_read()
    {
        var longLine = Whole with { GapsUs = [.. Enumerable.Range(1_000_000, 100_000)] };

        AssertSame([longLine, Whole], Read(Write(longLine, Whole)));
    }

    [Fact]
    public void The_hash_is_that_of_the_file()
    {
        using var stream = new MemoryStream();
        using var writer = new RequestLogWriter(stream);
        writer.Append(Whole);
        writer.Flush();
        writer.Append(Failed);
        writer.Flush();

        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(stream.ToArray())), writer.Sha256());
        Assert.Equal(2, writer.Lines);
    }

    [Fact]
    public void Many_lines_are_written_as_they_come_and_none_in_part()
    {
        using var stream = new MemoryStream();
        using var writer = new RequestLogWriter(stream);
        for (var i = 0; i < 1000; i++)
            writer.Append(Whole);

        Assert.InRange(stream.Length, 100_000, stream.Capacity);
        Assert.Equal((byte)'\n', stream.ToArray()[^1]);
        writer.Flush();
        Assert.Equal(1000, Read(stream.ToArray()).Length);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(stream.ToArray())), writer.Sha256());
    }

    [Fact]
    public void A_torn_line_is_named()
    {
        var torn = Write(Whole, Whole)[..^20];

        var error = Assert.Throws<LemException>(() => Read(torn));
        Assert.StartsWith("requests_0.jsonl, line 2: ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_field_is_named()
    {
        var error = Assert.Throws<LemException>(() => Read("""{"i":1,"prompt":1}"""u8.ToArray()));

        Assert.Equal("requests_0.jsonl, line 1: the field intended_s is missing", error.Message);
    }

    [Fact]
    public void Unknown_fields_are_skipped()
    {
        var line = Encoding.UTF8.GetString(Write(Whole)).Replace("\"ok\"", "\"later\":{\"a\":[1]},\"ok\"", StringComparison.Ordinal);

        AssertSame([Whole], Read(Encoding.UTF8.GetBytes(line)));
    }

    [Fact]
    public void Any_damage_is_a_LemException_or_a_valid_request()
    {
        var bytes = Write(Whole, Failed);
        Prop.ForAll(
                ArbMap.Default.ArbFor<(int Position, byte Value)>(),
                damage =>
                {
                    var copy = (byte[])bytes.Clone();
                    copy[(int)((uint)damage.Position % copy.Length)] = damage.Value;
                    try
                    {
                        return Read(copy).Length <= 4;
                    }
                    catch (LemException)
                    {
                        return true;
                    }
                })
            .Check(Config.QuickThrowOnFailure.WithMaxTest(5_000));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(64)]
    public void Requests_come_in_the_order_of_the_file_however_many_blocks_are_parsed_at_once(int degree)
    {
        // Some megabytes: many blocks, lines of every length across their edges.
        RequestRecord[] written = [.. Enumerable.Range(0, 5_000).Select(i => Whole with { I = i, GapsUs = [.. Enumerable.Range(10_000, i % 211)] })];
        using var stream = new MemoryStream(Write(written));

        AssertSame(written, [.. RequestLogReader.Read(stream, "requests_0.jsonl", degree)]);
    }

    [Fact]
    public void The_first_damage_is_named_by_its_line_in_the_file_however_far_it_is()
    {
        var bytes = Write([.. Enumerable.Repeat(Whole, 5_000)]);
        var length = bytes.Length / 5_000;
        bytes[4_000 * length] = (byte)'!';
        bytes[4_500 * length] = (byte)'!';

        Assert.StartsWith("requests_0.jsonl, line 4001: ", Assert.Throws<LemException>(() => Read(bytes)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_as_lem_writes_it_needs_no_JSON_reader()
    {
        int[] numbers = [];
        foreach (var request in (RequestRecord[])[Whole, Whole with { GapTokens = [1, 2, 1], SentS = null, FirstS = null, LastS = -1e-7, TokenSource = null, GapsUs = [] }])
        {
            var read = new WrittenRequestLine(Write(request).AsSpan()[..^1], ref numbers).Read();

            AssertSame([request], [Assert.IsType<RequestRecord>(read)]);
        }
    }

    [Fact]
    public void What_the_quick_reader_takes_the_JSON_reader_takes_alike()
    {
        var lines = ((RequestRecord[])[Whole, Whole with { GapTokens = [1, 2, 1], SentS = null, LastS = 1.5e-7 }]).Select(request => Write(request)[..^1]).ToArray();
        var taken = 0;
        Prop.ForAll(
                ArbMap.Default.ArbFor<(int Line, int Position, int Value)>(),
                damage =>
                {
                    // In the figures, and with what figures are made of: that is where the two could differ.
                    var line = (byte[])lines[(uint)damage.Line % 2].Clone();
                    int[] figures = [.. Enumerable.Range(0, line.Length).Where(i => char.IsAsciiDigit((char)line[i]))];
                    line[figures[(int)((uint)damage.Position % figures.Length)]] = "0123456789+-.eE,[]{}\"nu "u8[(int)((uint)damage.Value % 24)];
                    int[] numbers = [];
                    if (new WrittenRequestLine(line, ref numbers).Read() is not { } quick)
                        return true;
                    taken++;

                    // A space is nothing to JSON, but declined by the quick reader.
                    AssertSame([quick], Read([(byte)' ', .. line]));
                    return true;
                })
            .Check(Config.QuickThrowOnFailure.WithMaxTest(20_000));
        Assert.True(taken > 1_000);
    }

    static byte[] Write(params RequestRecord[] requests)
    {
        using var stream = new MemoryStream();
        using (var writer = new RequestLogWriter(stream))
        {
            foreach (var request in requests)
                writer.Append(request);
        }

        return stream.ToArray();
    }

    static RequestRecord[] Read(byte[] bytes)
    {
        using var stream = new MemoryStream(bytes);
        return [.. RequestLogReader.Read(stream, "requests_0.jsonl")];
    }

    static void AssertSame(RequestRecord[] expected, RequestRecord[] actual) =>
        Assert.Equal(Encoding.UTF8.GetString(Write(expected)), Encoding.UTF8.GetString(Write(actual)));
}
