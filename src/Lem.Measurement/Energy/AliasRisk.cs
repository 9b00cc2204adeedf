namespace Lem.Measurement.Energy;

/// <summary>
/// How far a polled sensor that looks at only W of every U can be fooled by a load that repeats with its own period T: component k of the
/// load, seen through the sensor's window, beats with the sensor's own pace and averages away only as the beat goes round within the window.
/// </summary>
/// <remarks>Known from part-time sensors: 50 % mean error at T = U = 100 ms, W = 25 ms, however long the window (arXiv 2312.02741).</remarks>
public static class AliasRisk
{
    /// <summary>From here on a result says so: mean power may be wrong by 2 % of the load's swing.</summary>
    public const double Threshold = 0.02;

    // A square wave of 800 ms still has 2 % of its swing in the component that a sensor of 20 ms beats with: number 40.
    const int Components = 256;

    /// <summary>
    /// The most by which mean power may be wrong, as a share of the load's swing from its lowest to its highest power, 0 to 1. One period T that
    /// lasts t: the sum over k of 2/(πk)·|sinc(k·W/T)|·min(1, 1/(π·|k/T − m/U|·t)) with m = round(k·U/T) ≥ 1, for a square wave's component k has
    /// at most 2/(πk) of the swing, and in the worst case all of them err to one side. Several periods: their sum, each by its share of the window.
    /// </summary>
    /// <returns>Null where no period is known.</returns>
    public static double? Of(double updateSeconds, double averagingSeconds, double windowSeconds, IReadOnlyList<LoadPeriod> rhythm)
    {
        if (rhythm.Count == 0)
            return null;
        double sum = 0;
        foreach (var (period, lasts) in rhythm)
        {
            double risk = 0;
            for (var k = 1; k <= Components; k++)
                risk += Component(k, updateSeconds, averagingSeconds, lasts, period);
            sum += risk * Math.Min(1, lasts / windowSeconds);
        }

        return Math.Min(1, sum);
    }

    static double Component(int k, double update, double averaging, double window, double period)
    {
        // Slower than the sensor: component k of it is seen as it is.
        var m = Math.Max(1, Math.Round(k * update / period, MidpointRounding.AwayFromZero));
        var beat = Math.Abs((k / period) - (m / update)) * window;
        return 2 / (Math.PI * k) * Math.Abs(Sinc(k * averaging / period)) * (beat > 1 / Math.PI ? 1 / (Math.PI * beat) : 1);
    }

    static double Sinc(double x) => Math.Abs(x) < 1e-9 ? 1 : Math.Sin(Math.PI * x) / (Math.PI * x);
}
