using Lem.Core.Results;
using Lem.Measurement.Energy;
using Lem.Measurement.Nvml;

namespace Lem.Tests.Shared.Nvml;

/// <summary>
/// Measures windows on scenario GPUs with the real source, meter and formulas, on a virtual clock: idle, a window whose load begins at any
/// phase of the sensor, idle again.
/// </summary>
sealed class SensorBench : IDisposable
{
    const double BeforeSeconds = 3, AfterSeconds = 3, NaiveTickSeconds = 0.1;

    readonly NvmlScenario _gpus = new(devices: 1);
    readonly VirtualClock _clock = new();
    readonly string _profile;
    readonly Reading _reading;
    readonly NvmlReader _naive;
    readonly Random _wakeUps = new(1);

    public SensorBench(string profile, Reading reading)
    {
        (_profile, _reading) = (profile, reading);
        _naive = NvmlReader.Open(_gpus.Path, out _)!; // the library was built a line above
    }

    /// <summary>Which reading of the device is left to measure with.</summary>
    public enum Reading
    {
        /// <summary>All that the card offers: its counter where it has one.</summary>
        Best,

        /// <summary>No counter: power is polled.</summary>
        Polled,

        /// <summary>Only the mean of the last second.</summary>
        Averaged,
    }

    /// <param name="phase">Where in the sensor's period the window opens, 0 to 1.</param>
    /// <param name="stratum">Which quarter of the sensor's period the start waits for, found as an experiment finds it; null = it does not wait.</param>
    public SensorOutcome Measure(PowerLoad load, double windowSeconds, double phase, int? stratum = null)
    {
        _clock.Nanoseconds = 0;
        Reset();
        using var meter = new EnergyMeter([NvmlEnergySource.Open(new EnergyOptions(["0"], NvmlLibrary: _gpus.Path), _clock, [], [])!], _clock);
        var next = 0L;
        var open = (long)((BeforeSeconds + (phase * UpdateSeconds(meter))) * 1e9);
        SampleUntil(meter, ref next, open);
        if (stratum is { } quarter && SensorPhase.WaitFor(meter.Trace, _clock.Nanoseconds, quarter) is { } wait)
            SampleUntil(meter, ref next, open += (long)(wait.TotalSeconds * 1e9));

        load.Begin(_gpus, 0, windowSeconds);
        var close = open + (long)(windowSeconds * 1e9);
        var naive = NaiveJoules(meter, ref next, open, close);
        _gpus.Power(0, PowerLoad.IdleWatts);
        SampleUntil(meter, ref next, close + (long)(AfterSeconds * 1e9));

        LoadPeriod[] periods = load.PeriodSeconds > 0 ? [new(load.PeriodSeconds, windowSeconds)] : [];
        var energy = WindowEnergy.Compute(meter.Trace, open, close, periods)[0];
        return new SensorOutcome(
            _gpus.TrueJoules(0, open, close), energy.Energy?.Value ?? double.NaN, energy.Uncertainty?.Value ?? double.NaN,
            energy.Method is EnergyMethod.Integrated ? energy.Integral.AliasRisk ?? 0 : 0, energy.Method ?? EnergyMethod.Estimated,
            naive, energy.Counter.NearestReads?.Value);
    }

    public void Dispose()
    {
        _naive.Dispose();
        _gpus.Dispose();
    }

    void Reset()
    {
        _gpus.Begin();
        _gpus.SetTime(0);
        _gpus.Profile(0, _profile);
        _gpus.Power(0, PowerLoad.IdleWatts);

        // A tenth of a watt of noise: real sensors never stand quite still.
        _gpus.Tell(0, $"noise 0.1");
        if (_reading is not Reading.Best)
            _gpus.Tell(0, $"counter 0");
        if (_reading is Reading.Averaged)
            _gpus.Tell(0, $"instant 0");
    }

    static double UpdateSeconds(EnergyMeter meter) => meter.Channels[0].UpdatePeriod?.TotalSeconds ?? 0.015;

    void SampleUntil(EnergyMeter meter, ref long next, long until)
    {
        for (; next < until; next += (long)(meter.TickPeriod.TotalSeconds * 1e9))
        {
            // As late as a thread on an ordinary machine wakes: 0.1 ms, one tick in a hundred 3 ms.
            var late = (long)(_wakeUps.NextDouble() * (_wakeUps.Next(100) == 0 ? 3e6 : 1e5));
            Set(Math.Min(next + late, until));
            meter.Sample();
        }

        Set(until);
    }

    // A second poller beside ours, at its own pace, as scripts do it.
    double NaiveJoules(EnergyMeter meter, ref long next, long open, long close)
    {
        double joules = 0, last = double.NaN;
        var lastAt = open;
        for (var at = open; at <= close; at += (long)(NaiveTickSeconds * 1e9))
        {
            SampleUntil(meter, ref next, at);
            _naive.Devices[0].ReadPower(out var milliwatts);
            if (!double.IsNaN(last))
                joules += (last + (milliwatts / 1e3)) / 2 * (at - lastAt) / 1e9;
            (last, lastAt) = (milliwatts / 1e3, at);
        }

        SampleUntil(meter, ref next, close);
        return joules;
    }

    void Set(long nanoseconds)
    {
        _clock.Nanoseconds = nanoseconds;
        _gpus.SetTime(nanoseconds);
    }
}
