using Lem.Measurement.Linux;
using Xunit;

namespace Lem.Tests.Measurement.Linux;

public class CpuListTests
{
    [Fact]
    public void Ranges_and_single_numbers_mix() => Assert.Equal([0, 1, 2, 3, 8, 10, 11], CpuList.Parse("0-3,8,10-11"));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("a-b")]
    [InlineData("3-1")]
    [InlineData("0-99999999")]
    public void What_is_no_list_is_null(string? text) => Assert.Null(CpuList.Parse(text));
}
