using Lem.Core.Metrics.Flops;
using Xunit;

namespace Lem.Tests.Core.Metrics.Flops;

public class ModelArchitectureTests
{
    public static TheoryData<string, double, double> KnownAnswers => new()
    {
        { nameof(KnownModels.Gpt2), 169_869_312, 77_194_752 },
        { nameof(KnownModels.Llama2), 12_952_010_752, 262_144_000 },
        { nameof(KnownModels.Llama31), 13_958_643_712, 1_050_673_152 },
        { nameof(KnownModels.Mistral), 13_958_643_712, 262_144_000 },
        { nameof(KnownModels.Mixtral), 25_235_030_016, 262_144_000 },
        { nameof(KnownModels.Qwen25), 715_653_120, 272_269_312 },
        { nameof(KnownModels.Gemma2), 4_048_551_936, 1_179_648_000 },
        { nameof(KnownModels.T5), 44_040_192, 32_899_072 },
    };

    [Theory]
    [MemberData(nameof(KnownAnswers))]
    public void Linear_and_head_flop_are_the_known_ones(string name, double linear, double head)
    {
        var model = Model(name);

        Assert.Equal(linear, model.LinearFlopPerToken);
        Assert.Equal(head, model.HeadFlopPerToken);
    }

    [Fact]
    public void An_encoder_and_its_cross_keys_work_per_input_token()
    {
        Assert.Equal(37_748_736, KnownModels.T5.EncoderLinearFlopPerToken);
        Assert.Equal(6_291_456, KnownModels.T5.CrossKeyValueFlopPerToken);
    }

    [Fact]
    public void A_decoder_alone_has_no_encoder_work()
    {
        Assert.Equal(0, KnownModels.Llama2.EncoderLinearFlopPerToken);
        Assert.Equal(0, KnownModels.Llama2.CrossKeyValueFlopPerToken);
    }

    // Mixtral 46.7 B with 12.9 B active; T5-small 60.5 M.
    [Theory]
    [InlineData(nameof(KnownModels.Llama2), 6_476_005_376, 6_476_005_376, 6_738_149_376)]
    [InlineData(nameof(KnownModels.Gpt2), 84_934_656, 84_934_656, 124_318_464)]
    [InlineData(nameof(KnownModels.Mixtral), 46_440_382_464, 12_617_515_008, 46_702_526_464)]
    [InlineData(nameof(KnownModels.T5), 44_040_192, 44_040_192, 60_489_728)]
    public void Parameters_in_closed_form_are_the_known_ones(string name, long nonEmbedding, long active, long total)
    {
        var parameters = Model(name).Parameters;

        Assert.Equal((nonEmbedding, active, total), (parameters.NonEmbedding, parameters.ActiveNonEmbedding, parameters.Total));
    }

    [Fact]
    public void Equal_layers_are_counted_together()
    {
        var layer = new TransformerLayer(8, 8, 64, 2048);
        var windowed = layer with { SlidingWindow = 128 };

        Assert.Equal([layer with { Count = 2 }, windowed], TransformerLayer.Group([layer, windowed, layer]));
    }

    static ModelArchitecture Model(string name) => name switch
    {
        nameof(KnownModels.Gpt2) => KnownModels.Gpt2,
        nameof(KnownModels.Llama2) => KnownModels.Llama2,
        nameof(KnownModels.Llama31) => KnownModels.Llama31,
        nameof(KnownModels.Mistral) => KnownModels.Mistral,
        nameof(KnownModels.Mixtral) => KnownModels.Mixtral,
        nameof(KnownModels.Qwen25) => KnownModels.Qwen25,
        nameof(KnownModels.Gemma2) => KnownModels.Gemma2,
        _ => KnownModels.T5,
    };
}
