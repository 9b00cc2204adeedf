using Lem.Reporting.Comparisons;
using Xunit;

namespace Lem.Tests.Reporting.Comparisons;

public class ResolutionTextTests
{
    [Fact]
    public void Without_a_pilot_the_usual_spreads_stand_in_one_line() =>
        // power.t.test(n = 5, power = 0.8) in R: delta = 2.0244 standard deviations.
        Assert.StartsWith("5 cycles against 5 tell differences in J/token apart from 2.0 % (CV 1.0 %), 6.3 % (CV 3.0 %), 11 % (CV 5.0 %) on", ResolutionText.WithoutPilot(5), StringComparison.Ordinal);

    [Fact]
    public void A_pilot_of_few_cycles_is_not_taken_for_exact()
    {
        var line = ResolutionText.WithPilot(10, "20260131T120000Z-a-0a1b2c3d", 0.02, 3);

        Assert.Contains("apart from 2.7 % on", line, StringComparison.Ordinal);
        Assert.Contains("at the CV of 2.0 % of 20260131T120000Z-a-0a1b2c3d", line, StringComparison.Ordinal);
        Assert.EndsWith("its 3 cycles allow a CV of 1.0 % to 13 %, and so 1.4 % to 18 %", line, StringComparison.Ordinal);
    }
}
