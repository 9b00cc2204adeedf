using Lem.Tests.Shared.Nvml;
using Xunit;
using static Lem.Tests.Shared.Nvml.SensorBench;

namespace Lem.Tests.Measurement.Energy;

/// <summary>
/// Window energy against the truth of scenario GPUs, over loads, lengths and random phases. The whole table, with 400 phases and windows up to a
/// minute: <c>dotnet run -c Release --project bench/Lem.Benchmarks -- sensors</c>.
/// </summary>
public class SensorTruthTests
{
    [Theory]
    [InlineData("v100")]
    [InlineData("a100")]
    [InlineData("h100")]
    [InlineData("ampere")]
    [InlineData("ada")]
    public void Counters_are_within_a_percent_from_two_seconds_on_and_within_what_they_state_below(string profile)
    {
        using var bench = new SensorBench(profile, Reading.Best);

        Assert.All(PowerLoad.All, load => Assert.InRange(SensorCell.Of(bench, load, windowSeconds: 2, phases: 5, seed: 1).WorstError, 0, 0.01));
        Assert.All(PowerLoad.All, load => Assert.Equal(1, SensorCell.Of(bench, load, windowSeconds: 1, phases: 5, seed: 2).Contained));
    }

    [Theory]
    [InlineData("p100")]
    [InlineData("kepler")]
    [InlineData("v100")]
    [InlineData("a100")]
    [InlineData("h100")]
    [InlineData("ampere")]
    public void Polled_power_is_within_three_percent_or_warns_and_holds_the_truth_in_its_interval(string profile)
    {
        using var bench = new SensorBench(profile, Reading.Polled);

        Assert.All(PowerLoad.All, load =>
        {
            var cell = SensorCell.Of(bench, load, windowSeconds: 5, phases: 8, seed: 3);
            Assert.True(cell.Flagged || cell.MeanError <= 0.03, $"{load.Name}: {cell.MeanError:P1} without a warning");
            Assert.True(!cell.Flagged || cell.Contained >= 0.95, $"{load.Name}: only {cell.Contained:P0} within the stated interval");
        });
    }

    [Theory]
    [InlineData("a100", 100, 50)]
    [InlineData("a100", 50, 25)]
    [InlineData("a100", 33, 50)]
    [InlineData("p100", 20, 50)]
    [InlineData("p100", 200, 25)]
    public void Where_polling_is_fooled_400_phases_lie_in_the_interval_and_four_cycles_come_to_the_truth(string profile, double periodMs, double dutyPercent)
    {
        using var bench = new SensorBench(profile, Reading.Polled);

        var cell = SensorCell.Of(bench, PowerLoad.Square(periodMs, dutyPercent), windowSeconds: 2, phases: 400, seed: 4);

        Assert.True(cell.Flagged);
        Assert.InRange(cell.Contained, 0.95, 1);
        Assert.InRange(cell.StratifiedError, 0, 0.03);
    }

    [Theory]
    [InlineData("h100", 1)]
    [InlineData("h100", 2)]
    [InlineData("ada", 5)]
    public void A_mean_of_a_second_between_settled_idles_is_within_a_percent(string profile, double windowSeconds)
    {
        using var bench = new SensorBench(profile, Reading.Averaged);

        Assert.All(PowerLoad.All, load => Assert.InRange(SensorCell.Of(bench, load, windowSeconds, phases: 5, seed: 5).WorstError, 0, 0.01));
    }

    [Fact]
    public void Naive_polling_of_the_same_load_is_half_off()
    {
        using var bench = new SensorBench("a100", Reading.Best);

        var cell = SensorCell.Of(bench, PowerLoad.Square(periodMs: 100, dutyPercent: 50), windowSeconds: 5, phases: 20, seed: 6);

        Assert.InRange(cell.NaiveMeanError, 0.4, 0.8);
        Assert.InRange(cell.WorstError, 0, 0.01);
    }
}
