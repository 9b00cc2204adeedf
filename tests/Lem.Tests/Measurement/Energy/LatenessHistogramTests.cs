using FsCheck;
using FsCheck.Fluent;
using Lem.Measurement.Energy;
using Xunit;

namespace Lem.Tests.Measurement.Energy;

public class LatenessHistogramTests
{
    [Fact]
    public void Nothing_counted_is_zero() => Assert.Equal(TimeSpan.Zero, new LatenessHistogram().Quantile(0.99));

    [Fact]
    public void Quantiles_are_within_six_percent_above_the_exact_ones_and_never_above_the_maximum()
        => Prop.ForAll<PositiveInt[]>(values =>
        {
            if (values.Length == 0)
                return true;
            var histogram = new LatenessHistogram();
            foreach (var value in values)
                histogram.Add((long)value.Get * value.Get);
            var sorted = values.Select(value => (long)value.Get * value.Get).Order().ToList();
            return new[] { 0.5, 0.99, 1 }.All(p =>
            {
                var exact = sorted[(int)Math.Ceiling(p * sorted.Count) - 1];
                var found = histogram.Quantile(p).TotalMicroseconds;
                return found >= exact && found <= (exact * 1.07) + 1 && found <= histogram.Max.TotalMicroseconds;
            });
        }).QuickCheckThrowOnFailure();
}
