using Lem.Core.Results;
using Lem.Core.Units;
using Lem.Measurement.Energy;
using Lem.Tests.Fakes;

namespace Lem.Tests.Measurement.Energy;

/// <summary>
/// A device whose true power is known, seen through a boxcar sensor: every U a new value, which is the mean of the last W, and a counter
/// that moves when the value does.
/// </summary>
sealed class SimulatedSensor(ManualClock clock, EnergyChannel channel, bool counter, bool power) : IEnergySource
{
    readonly List<(double At, double Watts, double Joules)> _steps = [(0, 0, 0)];

    public string Name => channel.Source;

    public IReadOnlyList<EnergyChannel> Channels { get; } = [channel];

    /// <summary>Taken off the counter: a driver that was loaded anew.</summary>
    public double ResetJoules { get; set; }

    /// <summary>The counter stays where it was at this instant, seconds.</summary>
    public double FrozenAtSeconds { get; set; } = double.PositiveInfinity;

    public ReadFailure Failure { get; set; }

    public static EnergyChannel Gpu(double updateMs, double windowMs, EnergyMethod method = EnergyMethod.Counter) => new(
        EnergyDomain.Gpu, "gpu:x", method, TimeSpan.FromMilliseconds(updateMs), TimeSpan.FromMilliseconds(windowMs), new Watts(400), "nvml");

    public static EnergyChannel Package { get; } = new(EnergyDomain.Cpu, "cpu:0", EnergyMethod.Counter, TimeSpan.Zero, null, new Watts(200), "rapl");

    /// <summary>From now on the device draws this.</summary>
    public void Draw(double watts)
    {
        var now = Now;
        _steps.Add((now, watts, Joules(now)));
    }

    /// <summary>Energy truly used until an instant.</summary>
    public double Joules(double at)
    {
        var step = _steps.FindLast(s => s.At <= at);
        return step.Joules + (step.Watts * (at - step.At));
    }

    public void Read(Span<EnergyReading> readings)
    {
        var stamp = clock.GetTimestamp();
        var update = channel.UpdatePeriod!.Value.TotalSeconds; // simulated sensors have one
        var window = channel.AveragingWindow?.TotalSeconds ?? 0;
        var seen = update > 0 ? Math.Floor((Now / update) + 1e-9) * update : Now;
        var watts = window > 0 ? (Joules(seen) - Joules(Math.Max(0, seen - window))) / window : _steps.FindLast(s => s.At <= seen).Watts;
        readings[0] = Failure is ReadFailure.None
            ? new EnergyReading(stamp, stamp, counter ? Joules(Math.Min(seen, FrozenAtSeconds)) - ResetJoules : double.NaN, power ? watts : double.NaN)
            : new EnergyReading(stamp, stamp, double.NaN, double.NaN, Failure);
    }

    public void Dispose()
    {
    }

    double Now => clock.GetTimestamp() / 1e9;
}
