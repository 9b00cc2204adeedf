using FsCheck;
using FsCheck.Fluent;
using Lem.Measurement.Load.Arrivals;
using Xunit;

namespace Lem.Tests.Measurement.Load.Arrivals;

public sealed class PortableMathTests
{
    [Fact]
    public void It_agrees_with_the_machines_own_library()
    {
        Prop.ForAll(Gen.Choose(1, int.MaxValue).Two().ToArbitrary(), pair =>
        {
            var x = (double)pair.Item1 / pair.Item2;
            // Both may be some units in the last place off.
            return Math.Abs(PortableMath.Log(x) - Math.Log(x)) <= 4e-16 * Math.Max(1, Math.Abs(Math.Log(x)));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(5000));
        Prop.ForAll(Gen.Choose(-700_000, 20_000).ToArbitrary(), thousandths =>
        {
            var x = thousandths / 1000.0;
            return Math.Abs(PortableMath.Exp(x) - Math.Exp(x)) <= 1e-15 * Math.Exp(x);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(5000));
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 0.693147180559945309417)]
    [InlineData(10, 2.302585092994045684018)]
    [InlineData(1.1102230246251565e-16, -36.7368005696771013991)] // 2⁻⁵³, the smallest number that is drawn.
    public void Known_logarithms(double x, double expected) => Assert.Equal(expected, PortableMath.Log(x), 1e-15 * Math.Max(1, Math.Abs(expected)));

    [Fact]
    public void Known_exponentials()
    {
        Assert.Equal(1, PortableMath.Exp(0));
        Assert.Equal(Math.E, PortableMath.Exp(1), 1e-15);
        Assert.Equal(0, PortableMath.Exp(-1000));
    }
}
