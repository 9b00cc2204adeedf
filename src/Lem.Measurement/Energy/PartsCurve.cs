using Lem.Core.Results;

namespace Lem.Measurement.Energy;

/// <summary>Energy over time as the leading one of a device's sensors shows it, and over how much time that sensor blurs each instant.</summary>
sealed class PartsCurve
{
    readonly Func<double, double> _joules;
    readonly Func<double, double> _blur;

    PartsCurve(Func<double, double> joules, Func<double, double> blur, double shortestSeconds, string? reason) =>
        (_joules, _blur, ShortestSeconds, Reason) = (joules, blur, shortestSeconds, reason);

    /// <summary>max(U, W), as recognised; never below the time between two readings. Parts shorter than twice this cannot be told apart.</summary>
    public double ShortestSeconds { get; }

    /// <summary>Why the curve does not reach over all parts; null where it does.</summary>
    public string? Reason { get; }

    /// <param name="whole">Energy of the window around the parts: it says which sensor leads, and what U and W it turned out to have.</param>
    /// <param name="from">Where the first part begins, seconds.</param>
    /// <param name="to">Where the last part ends, seconds.</param>
    public static PartsCurve Of(ChannelSeries series, DomainEnergy whole, double from, double to)
    {
        var reading = Math.Max(series.TypicalGapSeconds(), series.FoldSeconds());
        var window = whole.Integral.WindowSeconds ?? series.Channel.AveragingWindow?.TotalSeconds ?? 0;
        return whole.Method is not EnergyMethod.Integrated && whole.Counter.Energy is not null
            ? OfCounter(series, reading, window, from, to)
            : OfPower(series, whole, reading, window);
    }

    /// <summary>Energy from one instant to another, joules.</summary>
    public double Joules(double from, double to) => _joules(to) - _joules(from);

    /// <summary>
    /// What an edge loses on average to its other side for each watt of difference, seconds. A line over a step that lies anywhere within the U
    /// between two values is wrong by f·(1 − f)·ΔP·U, which is ΔP·U/6 on average; a boxcar of W is wrong by ΔP·W/8.
    /// </summary>
    public double EdgeSeconds(double at) => _blur(at) / 6;

    static PartsCurve OfCounter(ChannelSeries series, double reading, double window, double from, double to)
    {
        var counter = CounterCurve.From(series, from, to);
        var update = Math.Max(counter.UpdateSeconds, reading);
        if (counter.Ticks.Count < 2)
            return Unknown(ReadFailures.Reason(series) ?? "counter_did_not_advance");
        var (first, last) = (counter.Ticks[0].At, counter.Ticks[^1].At);
        return new PartsCurve(
            counter.Inside,
            at => Math.Max(update, Interval(counter, at)),
            Math.Max(update, window),
            from < first - (2 * update) || to > last + (2 * update) ? ReadFailures.Reason(series) ?? "counter_did_not_advance" : null);
    }

    // Each reading is the mean of the W that ended U/2 ago on average.
    static PartsCurve OfPower(ChannelSeries series, DomainEnergy whole, double reading, double window)
    {
        var powers = series.Powers();
        if (powers.Count < 2)
            return Unknown(ReadFailures.Reason(series) ?? "too_few_readings");
        var curve = new PowerCurve(powers);
        var update = Math.Max(whole.Integral.UpdateSeconds ?? 0, reading);
        var shift = (update + window) / 2;
        var shortest = Math.Max(update, window);
        return new PartsCurve(
            at => curve.Integral(curve.Start, at + shift),
            at => Math.Max(shortest, curve.LongestGap(at + shift, at + shift)),
            shortest,
            reason: null);
    }

    static PartsCurve Unknown(string reason) => new(_ => 0, _ => 0, 0, reason);

    // A counter that stood still, or was not read, for longer than U is a line over all of that time.
    static double Interval(CounterCurve counter, double at)
    {
        var tick = Math.Clamp(counter.LastTick(at), 0, counter.Ticks.Count - 2);
        return counter.Ticks[tick + 1].At - counter.Ticks[tick].At;
    }
}
