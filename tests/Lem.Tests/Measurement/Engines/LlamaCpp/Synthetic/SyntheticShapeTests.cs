using Lem.Measurement.Engines.LlamaCpp.Synthetic;
using Xunit;

namespace Lem.Tests.Measurement.Engines.LlamaCpp.Synthetic;

public class SyntheticShapeTests
{
    // Published parameter counts: llama2.c README 15 M and 110 M; the model cards' exact 134,515,008, 494,032,768 and 1,235,814,400.
    [Theory]
    [InlineData("tiny", 1_016_960)]
    [InlineData("15m", 15_191_712)]
    [InlineData("110m", 109_529_856)]
    [InlineData("smollm2-135m", 134_515_008)]
    [InlineData("qwen2.5-0.5b", 494_032_768)]
    [InlineData("llama-3.2-1b", 1_235_814_400)]
    public void A_named_shape_has_the_parameters_of_its_model(string name, long parameters)
    {
        var shape = Parsed($"synthetic:{name}");

        Assert.Equal(parameters, SyntheticTensors.Of(shape).Sum(tensor => tensor.Elements));
    }

    [Fact]
    public void A_free_form_gives_every_dimension()
    {
        var shape = Parsed("synthetic:llama?layers=3&hidden=96&heads=6&kv_heads=2&ffn=256&vocab=300&dtype=bf16&tied=true&ctx=128&seed=9");

        Assert.Equal((3, 96, 6, 2, 256, 300), (shape.Layers, shape.Hidden, shape.Heads, shape.KeyValueHeads, shape.FeedForward, shape.Vocabulary));
        Assert.Equal(("bf16", true, 128, 9UL), (shape.DataType.Name, shape.Tied, shape.Context, shape.Seed));
    }

    [Fact]
    public void A_free_form_without_kv_heads_has_plain_attention() =>
        Assert.Equal(6, Parsed("synthetic:llama?layers=3&hidden=96&heads=6&ffn=256").KeyValueHeads);

    [Fact]
    public void A_named_shape_takes_overrides()
    {
        var shape = Parsed("synthetic:15m?dtype=f32");

        Assert.Equal(("f32", 288), (shape.DataType.Name, shape.Hidden));
    }

    [Theory]
    [InlineData("synthetic:smollm-135m", "'smollm-135m' is no synthetic shape (did you mean `smollm2-135m`?)")]
    [InlineData("synthetic:llama?layer=2&hidden=96&heads=6&ffn=256&layers=2", "'layer' is no key of a synthetic shape (did you mean `layers`?)")]
    [InlineData("synthetic:tiny?layers=2&layers=3", "layers is given twice")]
    [InlineData("synthetic:tiny?layers=0", "layers must be a whole number in 1…512, but is '0'")]
    [InlineData("synthetic:tiny?layers=9999999999999", "layers must be a whole number in 1…512, but is '9999999999999'")]
    [InlineData("synthetic:tiny?hidden=", "hidden must be a whole number in 8…32768, but is ''")]
    [InlineData("synthetic:tiny?vocab=259", "vocab must be a whole number in 260…1048576, but is '259'")]
    [InlineData("synthetic:tiny?heads=3&kv_heads=1", "hidden must be divisible by heads, but 128 is not by 3")]
    [InlineData("synthetic:tiny?kv_heads=3", "heads must be divisible by kv_heads, but 4 is not by 3")]
    [InlineData("synthetic:tiny?hidden=12", "hidden / heads must be even for rotary positions, but is 3")]
    [InlineData("synthetic:tiny?dtype=fp16", "dtype must be one of f16, bf16, f32, but is 'fp16' (did you mean `f16`?)")]
    [InlineData("synthetic:tiny?tied=1", "tied must be true or false, but is '1'")]
    [InlineData("synthetic:tiny?seed=-1", "seed must be a whole number in 0…18446744073709551615, but is '-1'")]
    [InlineData("synthetic:llama?layers=1&hidden=8&heads=1", "ffn is missing; a free form needs layers, hidden, heads, ffn")]
    public void A_mistake_is_told_with_its_limit(string model, string expected)
    {
        var error = Assert.Single(SyntheticShape.Parse(model).Errors);

        Assert.Equal("model", error.Path);
        Assert.StartsWith($"synthetic model: {expected}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void All_mistakes_are_told_at_once()
    {
        var (shape, errors) = SyntheticShape.Parse("synthetic:llama?layers=0&hiden=8&dtype=int3");

        Assert.Null(shape);
        Assert.Equal(6, errors.Count); // layers, hiden, dtype; hidden, heads and ffn missing
    }

    [Fact]
    public void What_changes_the_bytes_changes_the_file_name()
    {
        string[] models = ["tiny", "tiny?dtype=f32", "tiny?seed=1", "tiny?layers=3", "tiny?tied=true", "tiny?ctx=99", "tiny?vocab=600"];

        Assert.Equal(models.Length, models.Select(model => Parsed($"synthetic:{model}").FileName).Distinct().Count());
        Assert.Equal(Parsed("synthetic:tiny").FileName, Parsed("synthetic:tiny?layers=4&dtype=f16").FileName);
    }

    static SyntheticShape Parsed(string model)
    {
        var (shape, errors) = SyntheticShape.Parse(model);
        Assert.Empty(errors);
        return shape!;
    }
}
