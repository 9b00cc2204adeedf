using Lem.Core.Configuration;
using Lem.Core.Configuration.Documents;
using Xunit;

namespace Lem.Tests.Core.Configuration;

public class JsonReaderTests
{
    static readonly Origin _origin = new(Layer.File, "file:t.json", Location: new("t.json", 1, 1));

    [Fact]
    public void A_json_file_reads_like_yaml_and_keeps_its_places()
    {
        var document = (ConfigMapping)JsonReader.Read("{\n\t\"a\": {\"b\": [1, 1.5, true, null, \"\\ud83d\\ude00\"]} // why\n}", _origin);

        Assert.Equal([1L, 1.5, true, null, "😀"], ((ConfigSequence)document.Find("a.b")!).Items.Select(item => ((ConfigScalar)item).Value));
        Assert.Equal(new ConfigLocation("t.json", 2, 13), document.Find("a.b")!.Origin.Location);
    }

    [Theory]
    [InlineData("{", "is not valid JSON")]
    [InlineData("", "is not valid JSON")]
    [InlineData("{} {}", "is not valid JSON")]
    [InlineData("{\"a\": 1, \"a\": 2}", "`a` stands twice")]
    [InlineData("{\"a\": \"\\ud800\"}", "half of a surrogate pair")]
    [InlineData("{\"a\": 1e999}", "no finite number")]
    public void A_malformed_document_is_the_users_mistake_with_a_place(string json, string message)
    {
        var error = Assert.Single(Assert.Throws<ConfigException>(() => JsonReader.Read(json, _origin)).Errors);

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.NotNull(error.Location);
    }

    [Fact]
    public void Deep_nesting_is_refused() =>
        Assert.Throws<ConfigException>(() => JsonReader.Read(new string('[', 100) + new string(']', 100), _origin));

    [Fact]
    public void A_file_named_json_is_loaded_and_its_typos_are_placed()
    {
        using var folder = new ConfigFolder();
        folder.Write("a.json", "{\n  \"config_name\": \"a\",\n  \"model_name\": \"m\",\n  \"streamin\": true\n}");

        var error = Assert.Single(Assert.Throws<ConfigException>(() => folder.Loader.Load(new("a.json"))).Errors);

        Assert.Equal("a.json:4:3: streamin: unknown; did you mean `streaming`?", error.ToString());
    }
}
