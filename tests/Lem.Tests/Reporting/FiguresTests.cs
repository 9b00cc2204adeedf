using Lem.Reporting;
using Xunit;

namespace Lem.Tests.Reporting;

public class FiguresTests
{
    [Theory]
    [InlineData(1234.0, "1.23 kJ")]
    [InlineData(999.96, "1.00 kJ")]
    [InlineData(12.345, "12.3 J")]
    [InlineData(0.0384, "38.4 mJ")]
    [InlineData(1e-6, "1.00 µJ")]
    [InlineData(-61.5, "−61.5 J")]
    [InlineData(0.0, "0 J")]
    [InlineData(null, "–")]
    [InlineData(double.NaN, "–")]
    public void Three_figures_and_a_prefix(double? value, string text) => Assert.Equal(text, Figures.Si(value, "J"));

    [Theory]
    [InlineData(1234.5, "1230")]
    [InlineData(45.678, "45.7")]
    [InlineData(0.07891, "0.0789")]
    [InlineData(1.0, "1.00")]
    public void Three_figures_without_a_prefix(double value, string text) => Assert.Equal(text, Figures.Plain(value));

    [Theory]
    [InlineData(4.2, "4.2 s")]
    [InlineData(59.97, "1m 00s")]
    [InlineData(272.0, "4m 32s")]
    [InlineData(3900.0, "1h 05m")]
    public void Durations_read_as_people_say_them(double seconds, string text) => Assert.Equal(text, Figures.Duration(seconds));
}
