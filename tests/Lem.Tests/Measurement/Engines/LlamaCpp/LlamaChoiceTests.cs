using Lem.Core;
using Lem.Core.Configuration.Engines;
using Lem.Core.Configuration.Schema;
using Lem.Measurement.Engines.LlamaCpp;
using Xunit;

namespace Lem.Tests.Measurement.Engines.LlamaCpp;

public sealed class LlamaChoiceTests
{
    [Fact]
    public void A_name_nobody_knows_is_refused_with_those_there_are()
    {
        var failure = Assert.Throws<LemException>(() => LlamaChoice.FlashAttention.ValueOf("maybe"));

        Assert.Equal("llamacpp.flash_attn: maybe is unknown", failure.Message);
        Assert.Equal("Choose one of auto, off, on.", failure.Hint);
    }

    [Fact]
    public void A_value_without_a_name_is_told_as_a_number() => Assert.Equal("77", LlamaChoice.CacheType.NameOf(77));

    [Fact]
    public void Every_choice_of_the_configuration_is_known_here()
    {
        Assert.All(Choices("split_mode"), name => LlamaChoice.SplitMode.ValueOf(name));
        Assert.All(Choices("load_mode"), name => LlamaChoice.LoadMode.ValueOf(name));
        Assert.All(Choices("flash_attn"), name => LlamaChoice.FlashAttention.ValueOf(name));
        Assert.All(Choices("type_k"), name => LlamaChoice.CacheType.ValueOf(name));
        Assert.All(Choices("type_v"), name => LlamaChoice.CacheType.ValueOf(name));
        Assert.All(Choices("numa"), name => LlamaChoice.Numa.ValueOf(name));
    }

    static IReadOnlyList<string> Choices(string parameter) =>
        Assert.IsType<ChoiceShape>(LlamaCppParameters.Table.Find(parameter)?.Shape).Choices;
}
