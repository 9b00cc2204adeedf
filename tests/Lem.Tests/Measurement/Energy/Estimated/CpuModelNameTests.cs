using Lem.Measurement.Energy.Estimated;
using Xunit;

namespace Lem.Tests.Measurement.Energy.Estimated;

public class CpuModelNameTests
{
    [Theory]
    [InlineData("Intel(R) Xeon(R) CPU E5-2690 v4 @ 2.60GHz", "xeon e5-2690 v4")]
    [InlineData("Intel(R) Xeon(R) Platinum 8358 CPU @ 2.60GHz", "xeon platinum 8358")]
    [InlineData("Intel(R) Xeon(R) Platinum 8480+", "xeon platinum 8480+")]
    [InlineData("AMD EPYC 7763 64-Core Processor", "epyc 7763")]
    [InlineData("AMD Ryzen Threadripper PRO 5995WX 64-Cores", "ryzen threadripper pro 5995wx")]
    [InlineData("AMD Ryzen 9 5950X 16-Core Processor", "ryzen 9 5950x")]
    [InlineData("11th Gen Intel(R) Core(TM) i7-11700K @ 3.60GHz", "core i7-11700k")]
    [InlineData("Intel(R) Core(TM) Ultra 7 155H", "core ultra 7 155h")]
    public void Marks_clocks_and_core_counts_fall_away(string model, string normalised)
    {
        Assert.Equal(normalised, CpuModelName.Normalise(model));
        Assert.NotNull(CpuTable.Find(model));
    }
}
