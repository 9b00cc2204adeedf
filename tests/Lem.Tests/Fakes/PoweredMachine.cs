using Lem.Core.Results;
using Lem.Measurement.Energy;

namespace Lem.Tests.Fakes;

/// <summary>A machine whose power is known at every instant, and whose meter has a perfect counter; each of its GPUs draws 10 W for ever.</summary>
sealed class PoweredMachine(ManualClock clock, double watts, params string[] gpus) : IEnergySource
{
    public const double GpuWatts = 10;

    double _watts = watts;
    double _joules;
    long _since = clock.GetTimestamp();

    public string Name => "perfect";

    public IReadOnlyList<EnergyChannel> Channels { get; } =
    [
        new(EnergyDomain.Cpu, "cpu:0", EnergyMethod.Counter, UpdatePeriod: TimeSpan.Zero, Source: "perfect"),
        .. gpus.Select(gpu => new EnergyChannel(EnergyDomain.Gpu, gpu, EnergyMethod.Counter, UpdatePeriod: TimeSpan.Zero, Source: "perfect")),
    ];

    /// <summary>From now on it draws this much.</summary>
    public void Draw(double watts)
    {
        Settle();
        _watts = watts;
    }

    public void Read(Span<EnergyReading> readings)
    {
        Settle();
        readings[0] = new(_since, _since, _joules, _watts);
        readings[1..].Fill(new(_since, _since, GpuWatts * clock.GetElapsedTime(0, _since).TotalSeconds, GpuWatts));
    }

    public void Dispose()
    {
    }

    void Settle()
    {
        var now = clock.GetTimestamp();
        _joules += _watts * clock.GetElapsedTime(_since, now).TotalSeconds;
        _since = now;
    }
}
