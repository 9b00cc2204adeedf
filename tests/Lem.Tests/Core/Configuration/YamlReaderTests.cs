using System.Text;
using Lem.Core.Configuration;
using Lem.Core.Configuration.Documents;
using Xunit;

namespace Lem.Tests.Core.Configuration;

public class YamlReaderTests
{
    static readonly Origin _origin = new(Layer.File, "file:t.yaml", Location: new("t.yaml", 1, 1));

    [Theory]
    [InlineData("null", null)]
    [InlineData("~", null)]
    [InlineData("true", true)]
    [InlineData("False", false)]
    [InlineData("12", 12L)]
    [InlineData("-3", -3L)]
    [InlineData("0x1F", 31L)]
    [InlineData("0o17", 15L)]
    [InlineData("1.5", 1.5)]
    [InlineData("1e3", 1000.0)]
    [InlineData("yes", "yes")]
    [InlineData("on", "on")]
    [InlineData("2024-01-01", "2024-01-01")]
    [InlineData("12:30", "12:30")]
    [InlineData("1_000", "1_000")]
    [InlineData("'12'", "12")]
    [InlineData("\"true\"", "true")]
    public void Scalars_follow_the_core_schema_of_YAML_1_2(string yaml, object? value) =>
        Assert.Equal(value, ((ConfigScalar)((ConfigMapping)YamlReader.Read($"a: {yaml}", _origin)!)["a"]!).Value);

    [Fact]
    public void Each_value_knows_its_line_and_column()
    {
        var document = (ConfigMapping)YamlReader.Read("a: 1\nb:\n  c: [1, 2]\n", _origin)!;

        Assert.Equal(new ConfigLocation("t.yaml", 3, 6), document.Find("b.c")!.Origin.Location);
    }

    [Fact]
    public void Json_is_read_too()
    {
        var document = (ConfigMapping)YamlReader.Read("{\n\t\"a\": {\"b\": [1, true, null, \"x\\u00e9\\/\"]}\n}", _origin)!;

        Assert.Equal("""[1,true,null,"xé/"]""", document.Find("a.b")!.ToJson()!.ToJsonString(new(System.Text.Json.JsonSerializerOptions.Default) { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
    }

    [Fact]
    public void Anchors_stand_for_what_they_name() =>
        Assert.Equal("""{"a":{"x":1},"b":{"x":1}}""", YamlReader.Read("a: &one { x: 1 }\nb: *one\n", _origin)!.ToJson()!.ToJsonString());

    [Theory]
    [InlineData("a: 1\na: 2\n", "`a` stands twice")]
    [InlineData("a: 1\n---\nb: 2\n", "holds several documents")]
    [InlineData("a: [1, 2\nb: 3", "is not valid YAML")]
    [InlineData("a: *nothing", "does not stand before it")]
    [InlineData("a: .inf", "no finite number")]
    [InlineData("a: 1e999", "no finite number")]
    [InlineData("a: &x [*x]", "does not stand before it")]
    [InlineData("? [a, b]\n: 1", "keys must be text")]
    public void A_malformed_document_is_the_users_mistake_with_a_place(string yaml, string message)
    {
        var error = Assert.Single(Assert.Throws<ConfigException>(() => YamlReader.Read(yaml, _origin)).Errors);

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.NotNull(error.Location);
    }

    [Fact]
    public void Half_a_surrogate_pair_is_no_text() =>
        Assert.Contains("half of a surrogate pair", MessageOf("a: " + (char)0xD800), StringComparison.Ordinal);

    [Fact]
    public void A_bomb_of_anchors_is_refused()
    {
        var bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (var level = 1; level < 12; level++)
            bomb.Append($"a{level}: &a{level} [{string.Join(", ", Enumerable.Repeat($"*a{level - 1}", 10))}]\n");

        Assert.Contains("once its anchors are expanded", MessageOf(bomb.ToString()), StringComparison.Ordinal);
    }

    [Fact]
    public void Deep_nesting_is_refused()
    {
        Assert.Contains("64 levels", MessageOf(new string('[', 5000)), StringComparison.Ordinal);
        Assert.Contains("64 levels", MessageOf($"a: {string.Concat(Enumerable.Repeat("{a: ", 70))}1{new string('}', 70)}"), StringComparison.Ordinal);
    }

    [Fact]
    public void Nesting_does_not_hide_behind_anchors()
    {
        var stacked = new StringBuilder("a0: &a0 [x]\n");
        for (var level = 1; level < 200; level++)
            stacked.Append($"a{level}: &a{level} [*a{level - 1}]\n");

        Assert.Contains("64 levels", MessageOf(stacked.ToString()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_beyond_a_mebibyte_is_refused() =>
        Assert.Contains("larger than 1024 KiB", MessageOf($"a: {new string('x', 1024 * 1024)}"), StringComparison.Ordinal);

    static string MessageOf(string yaml) => Assert.Throws<ConfigException>(() => YamlReader.Read(yaml, _origin)).Errors[0].Message;
}
