using Lem.Measurement.Energy;
using Lem.Tests.Fakes;
using Xunit;

namespace Lem.Tests.Measurement.Energy;

public class TimeSeriesCursorTests
{
    readonly ManualClock _clock = new();

    [Fact]
    public void Rows_are_thinned_to_the_interval_and_energy_stays_exact()
    {
        var package = new SimulatedSensor(_clock, SimulatedSensor.Package, true, false);
        using var meter = new EnergyMeter([package], _clock);
        package.Draw(100);
        using var sampler = _clock.Every(meter.Sample, TimeSpan.FromMilliseconds(10));
        var cursor = new TimeSeriesCursor(meter, TimeSpan.FromMilliseconds(100), origin: 0);
        var rows = new List<TimeSeriesRow>();

        for (var second = 0; second < 3; second++)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            cursor.Drain(rows.Add);
        }

        Assert.Equal(31, rows.Count);
        Assert.Equal(0.1, rows[1].Seconds - rows[0].Seconds, 9);
        Assert.Equal(300, rows[^1].EnergyJoules, 6);
        Assert.Equal(100, rows[^1].PowerWatts, 6);
        Assert.Equal(double.NaN, rows[0].PowerWatts);
        Assert.Equal(0, cursor.Lost);
    }

    [Fact]
    public void Nothing_new_is_nothing_to_visit()
    {
        using var meter = new EnergyMeter([], _clock);
        var cursor = new TimeSeriesCursor(meter, TimeSpan.FromSeconds(1), 0);
        meter.Sample();

        cursor.Drain(_ => Assert.Fail("there is no channel"));
    }

    [Fact]
    public void Seconds_count_from_the_experiments_start()
    {
        _clock.Advance(TimeSpan.FromSeconds(7));
        var origin = _clock.GetTimestamp();
        _clock.Advance(TimeSpan.FromSeconds(2));
        using var meter = new EnergyMeter([new SimulatedSensor(_clock, SimulatedSensor.Package, true, false)], _clock);
        meter.Sample();
        var seconds = double.NaN;

        new TimeSeriesCursor(meter, TimeSpan.FromSeconds(1), origin).Drain(row => seconds = row.Seconds);

        Assert.Equal(2, seconds, 9);
    }
}
