using Lem.Measurement.Engines.LlamaCpp.Native;
using Xunit;

namespace Lem.Tests.Measurement.Engines.LlamaCpp.Native;

[Collection("llama.cpp")]
public sealed class LlamaLayoutTests
{
    [Fact]
    public void The_pinned_build_has_the_layout_declared_here()
    {
        LlamaParts.Require();

        Assert.Empty(LlamaLayout.Differences(LlamaNative.ModelDefaultParams().Model, LlamaNative.ContextDefaultParams().Context));
    }

    [Fact]
    public void A_field_that_moved_is_named_with_what_was_found()
    {
        LlamaParts.Require();
        var context = LlamaNative.ContextDefaultParams().Context;
        // As a build with one more 32-bit field before type_k would look.
        (context.KeyType, context.ValueType) = (0, 1);

        Assert.Equal(["type_k 0, wanted 1"], LlamaLayout.Differences(LlamaNative.ModelDefaultParams().Model, context));
    }
}
