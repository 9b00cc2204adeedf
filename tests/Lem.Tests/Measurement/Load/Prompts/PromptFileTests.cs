using Lem.Core;
using Lem.Measurement.Load.Prompts;
using Xunit;

namespace Lem.Tests.Measurement.Load.Prompts;

public sealed class PromptFileTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("lem-prompts").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_text_file_has_a_prompt_per_line() =>
        Assert.Equal(["one", "two"], Texts(Read("p.txt", "one\n\ntwo\n")));

    [Fact]
    public void Json_lines_are_read_by_the_usual_column() =>
        Assert.Equal(["a", "b"], Texts(Read("p.jsonl", """{"id": 1, "prompt": "a"}""" + "\n" + """{"prompt": "b"}""")));

    [Fact]
    public void A_named_column_wins() =>
        Assert.Equal(["x"], Texts(Read("p.jsonl", """{"prompt": "a", "body": "x"}""", "body")));

    [Fact]
    public void Csv_fields_may_hold_commas_quotes_and_line_breaks() =>
        Assert.Equal(["a, \"b\"\nc", " d"], Texts(Read("p.csv", "id,text\n1,\"a, \"\"b\"\"\nc\"\n2, d\n")));

    [Fact]
    public void A_missing_column_is_named_with_those_there_are()
    {
        var error = Assert.Throws<LemException>(() => Read("p.csv", "id,body\n1,x\n"));

        Assert.Contains("none of the usual columns", error.Message, StringComparison.Ordinal);
        Assert.Contains("id, body", error.Hint, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("p.jsonl", "{", "p.jsonl:1: not JSON")]
    [InlineData("p.jsonl", "{\"prompt\": 3}", "prompt must be a string")]
    [InlineData("p.jsonl", "[1]", "expected a JSON object")]
    [InlineData("p.csv", "text\n\"open", "not CSV")]
    [InlineData("p.csv", "text,b\n1\n", "1 fields, but the header has 2")]
    public void What_is_malformed_is_refused_with_its_place(string name, string content, string message)
    {
        var error = Assert.Throws<LemException>(() => Read(name, content));

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_that_are_no_text_are_refused()
    {
        var path = Path.Combine(_folder, "p.txt");
        File.WriteAllBytes(path, [0xC3, 0x28]);

        Assert.Contains("UTF-8", Assert.Throws<LemException>(() => PromptFile.Read(path, null)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_is_named() =>
        Assert.Contains("nowhere.txt", Assert.Throws<LemException>(() => PromptFile.Read(Path.Combine(_folder, "nowhere.txt"), null)).Message, StringComparison.Ordinal);

    [Fact]
    public void The_built_in_set_has_a_hundred_different_prompts() =>
        Assert.Equal(100, StarterPrompts.Read().Select(p => p.Text).Distinct().Count());

    IReadOnlyList<Prompt> Read(string name, string content, string? column = null)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, content);
        return PromptFile.Read(path, column);
    }

    static IEnumerable<string> Texts(IReadOnlyList<Prompt> prompts) => prompts.Select(p => p.Text);
}
