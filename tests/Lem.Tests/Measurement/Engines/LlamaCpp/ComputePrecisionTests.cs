using Lem.Measurement.Engines.LlamaCpp;
using Xunit;

namespace Lem.Tests.Measurement.Engines.LlamaCpp;

public sealed class ComputePrecisionTests
{
    [Theory]
    [InlineData("f32", "fp32")]
    [InlineData("f16", "fp16")]
    [InlineData("bf16", "bf16")]
    [InlineData("q8_0", "int8")]
    [InlineData("q4_k", "int8")]
    [InlineData(null, "mixed")]
    public void Quantised_weights_are_multiplied_in_eight_bits(string? weights, string compute) =>
        Assert.Equal(compute, ComputePrecision.Of(weights));
}
