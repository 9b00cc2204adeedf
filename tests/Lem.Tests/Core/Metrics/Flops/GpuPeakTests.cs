using Lem.Core.Metrics.Flops;
using Xunit;

namespace Lem.Tests.Core.Metrics.Flops;

public class GpuPeakTests
{
    [Theory]
    [InlineData("NVIDIA A100-SXM4-80GB", "bf16", 312e12)]
    [InlineData("NVIDIA H100 80GB HBM3", "fp8", 1979e12)]
    [InlineData("NVIDIA H100 PCIe", "fp16", 756e12)]
    [InlineData("NVIDIA L40S", "fp16", 362e12)]
    [InlineData("NVIDIA L4", "fp16", 121e12)]
    public void Known_cards_have_their_data_sheets_peak(string name, string precision, double expected) =>
        Assert.Equal(expected, GpuPeak.Of(name, precision));

    [Theory]
    [InlineData("Tesla V100-SXM2-32GB", "bf16")]
    [InlineData("Some GPU of tomorrow", "fp16")]
    [InlineData(null, "fp16")]
    [InlineData("NVIDIA A100-SXM4-80GB", null)]
    public void What_is_not_known_is_null(string? name, string? precision) => Assert.Null(GpuPeak.Of(name, precision));
}
