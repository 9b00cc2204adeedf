using Lem.Core.Units;

namespace Lem.Measurement.Energy;

/// <summary>Energy of a window by integrating a power sensor.</summary>
/// <param name="Energy">Null with <paramref name="Reason"/>.</param>
/// <param name="Uncertainty">Half of the 95 % interval of what edges and polling leave open.</param>
/// <param name="Form">settled (exact for a boxcar sensor beside steady power) or hold, whichever leaves less open; null without energy.</param>
/// <param name="AssumedWindow">The sensor's averaging window is not known, and a quarter of its period was assumed.</param>
/// <param name="AliasRisk"><see cref="Measurement.Energy.AliasRisk.Of"/>; null where the load's periods are not known.</param>
public sealed record IntegralEnergy(Joules? Energy, Joules? Uncertainty, string? Form, bool AssumedWindow, double? AliasRisk, string? Reason)
{
    /// <summary>The readings show another averaging window than is known of this chip.</summary>
    public bool UnexpectedWindow { get; init; }

    /// <summary>W as it was used; null without energy.</summary>
    public double? WindowSeconds { get; init; }

    /// <summary>U as it was used; null without energy.</summary>
    public double? UpdateSeconds { get; init; }

    /// <param name="rhythm">Of the load: gaps between tokens, between batches.</param>
    internal static IntegralEnergy Compute(ChannelSeries series, double open, double close, IReadOnlyList<LoadPeriod>? rhythm = null)
    {
        IntegralEnergy None(string reason) => new(null, null, null, false, null, reason);

        var points = series.Powers();
        if (points.Count == 0)
            return None(series.Points.Count > 0 ? ReadFailures.Reason(series) ?? "no_power" : "no_readings");
        if (series.Truncated)
            return None("trace_truncated");
        if (points.Count < 2)
            return None("too_few_readings");
        var curve = new PowerCurve(points);
        var gap = series.TypicalGapSeconds();
        var update = series.Channel.UpdatePeriod?.TotalSeconds ?? SensorRecognition.UpdateSeconds(curve.Changes()) ?? gap;
        var averagesASecond = SensorRecognition.AveragesASecond(curve, close);
        var window = Recognised(series.Channel.AveragingWindow?.TotalSeconds, averagesASecond);
        if (close - curve.End > 2 * Math.Max(gap, update) && ReadFailures.After(series, curve.End) is { } lost)
            return None(lost);
        var longest = curve.LongestGap(open, close);
        if (longest > Math.Max(3, 5 * gap))
            return None(ReadFailures.Reason(series) ?? "sample_gap");
        var sensor = new SensorDelay(update, window ?? update / 4, gap);
        var hold = Hold(curve, sensor, open, close);
        var best = Settled(curve, sensor, open, close) is { } settled && settled.Uncertainty <= hold.Uncertainty ? settled : hold;
        var risk = Measurement.Energy.AliasRisk.Of(
            sensor.UpdateSeconds, Math.Min(sensor.WindowSeconds, series.Channel.AveragingWindow?.TotalSeconds ?? double.MaxValue), close - open, rhythm ?? []);
        return best with
        {
            AssumedWindow = window is null,
            UnexpectedWindow = window != series.Channel.AveragingWindow?.TotalSeconds && series.Channel.AveragingWindow is not null,
            WindowSeconds = sensor.WindowSeconds,
            UpdateSeconds = sensor.UpdateSeconds,
            AliasRisk = risk,
            Uncertainty = best.Uncertainty + new Joules(longest > 5 * gap ? longest * Swing(curve, open, close) / 2 : 0) + new Joules(AliasBound(curve, sensor, series.Channel.PowerLimit, open, close, risk ?? 0)),
        };
    }

    static double Swing(PowerCurve curve, double from, double to)
    {
        var (lowest, highest) = curve.Range(from, to);
        return double.IsNaN(lowest) ? 0 : highest - lowest;
    }

    // What is seen counts more than what a table says: drivers have changed which reading is the mean of a second.
    static double? Recognised(double? known, bool? averagesASecond) => averagesASecond switch
    {
        true => 1,
        false when known >= 1 => null,
        _ => known,
    };

    // What the sensor may have missed lies between the lowest power seen and the most the device may draw.
    static double AliasBound(PowerCurve curve, SensorDelay sensor, Watts? limit, double open, double close, double share)
    {
        if (share == 0 || close <= open)
            return 0;
        var (lowest, highest) = curve.Range(open - 1, close + sensor.UpdateSeconds + sensor.WindowSeconds + 1);
        var most = Math.Max(highest, limit?.Value ?? highest);
        var mean = curve.Integral(open, close) / (close - open);
        return Math.Min(share * (most - lowest), Math.Max(mean - lowest, most - mean)) * (close - open);
    }

    // E = ∫ p over [open, close + W + U] − (P_before + P_after)·(W + U)/2: a boxcar sensor lets exactly half of W (and on average half
    // of U) of what lies beside each edge into the integral, whatever the load in between did.
    static IntegralEnergy? Settled(PowerCurve curve, SensorDelay sensor, double open, double close)
    {
        var reach = sensor.UpdateSeconds + sensor.WindowSeconds;
        var margin = Math.Max(reach, 3 * sensor.GapSeconds);
        if (curve.Start > open - margin || curve.End < close + reach + margin)
            return null;

        // The readings next to the edges are means of just the time that leaks in; how much they vary further out is their doubt.
        var near = Math.Max(sensor.UpdateSeconds, 2 * sensor.GapSeconds);
        var (before, after) = (curve.Level(open - near, open).MeanWatts, curve.Level(close + reach, close + reach + near).MeanWatts);
        if (double.IsNaN(before + after))
            return null;
        var (beforeSd, afterSd) = (curve.Level(open - margin, open).SdWatts, curve.Level(close + reach, close + reach + margin).SdWatts);
        var joules = curve.Integral(open, close + reach) - ((before + after) * reach / 2);
        var (atOpen, atClose) = (Step(curve, open, reach + near), Step(curve, close, reach + near));
        var variance = (Square(atOpen * sensor.BlindSeconds) + Square(atClose * sensor.BlindSeconds)) / 12;
        variance += Square(beforeSd * reach / 2) + Square(afterSd * reach / 2);
        return new IntegralEnergy(new Joules(joules), new Joules(2 * Math.Sqrt(variance)), "settled", false, null, null);
    }

    // Each reading is the mean of the W that ended U/2 ago on average: shifted by (U + W)/2 and clipped at the edges.
    static IntegralEnergy Hold(PowerCurve curve, SensorDelay sensor, double open, double close)
    {
        var reach = sensor.UpdateSeconds + sensor.WindowSeconds;
        var shift = reach / 2;
        var joules = curve.Integral(open + shift, close + shift);
        var blur = reach + sensor.GapSeconds;
        var (atOpen, atClose) = (Step(curve, open, blur), Step(curve, close, blur));

        // |ΔP|·W/8 is lost or gained at an edge that lies in the middle of a ramp of width W.
        var variance = (Square(atOpen * blur / 8) + Square(atClose * blur / 8)) / 3;
        variance += (Square(atOpen * sensor.BlindSeconds) + Square(atClose * sensor.BlindSeconds)) / 12;
        return new IntegralEnergy(new Joules(joules), new Joules(2 * Math.Sqrt(variance)), "hold", false, null, null);
    }

    // How much power changed about an edge, as the sensor shows it that much later.
    static double Step(PowerCurve curve, double at, double width) => Swing(curve, at - width, at + (2 * width));

    static double Square(double x) => x * x;

    readonly record struct SensorDelay(double UpdateSeconds, double WindowSeconds, double GapSeconds)
    {
        // What a part-time sensor does not look at (U − W), and the polling gap, leave each edge's instant open.
        public double BlindSeconds => Math.Max(0, UpdateSeconds - WindowSeconds) + GapSeconds;
    }
}
