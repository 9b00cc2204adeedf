using Lem.Core.Results;
using Lem.Measurement.Energy;

namespace Lem.Tests.Fakes;

/// <summary>A memory meter that answers until a given moment and never again.</summary>
sealed class LostDevice(ManualClock clock, TimeSpan answersFor) : IEnergySource
{
    readonly long _start = clock.GetTimestamp();

    public string Name => "lost";

    public IReadOnlyList<EnergyChannel> Channels { get; } =
        [new(EnergyDomain.Dram, "dram:0", EnergyMethod.Counter, UpdatePeriod: TimeSpan.Zero, Source: "lost")];

    public void Read(Span<EnergyReading> readings)
    {
        var now = clock.GetTimestamp();
        var age = clock.GetElapsedTime(_start, now);
        readings[0] = age <= answersFor
            ? new(now, now, 10 * age.TotalSeconds, 10)
            : new(now, now, double.NaN, double.NaN, ReadFailure.DeviceLost);
    }

    public void Dispose()
    {
    }
}
