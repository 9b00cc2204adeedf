namespace Lem.Measurement.Energy.Calibrating;

/// <summary>
/// A sensor's straight line, sensor = gain × truth + offset, through two plateaus, with the standard errors that the scatter of both
/// recordings leaves.
/// </summary>
/// <param name="GainOffsetCovariance">W: gain and offset err against each other.</param>
public readonly record struct CalibrationFit(double Gain, double OffsetWatts, double GainVariance, double OffsetVariance, double GainOffsetCovariance)
{
    /// <summary>Gain = Δsensor ÷ Δtruth, offset = sensor − gain × truth at the low plateau; variances to first order.</summary>
    public static CalibrationFit Through(Plateau low, Plateau high)
    {
        var step = high.MeterWatts - low.MeterWatts;
        var gain = (high.DeviceWatts - low.DeviceWatts) / step;

        // Partial derivatives by the four means: sensor high, sensor low, truth high, truth low.
        ReadOnlySpan<double> byGain = [1 / step, -1 / step, -gain / step, gain / step];
        ReadOnlySpan<double> variances = [high.DeviceVariance, low.DeviceVariance, high.MeterVariance, low.MeterVariance];
        ReadOnlySpan<double> byOffset =
        [
            -low.MeterWatts * byGain[0], 1 - (low.MeterWatts * byGain[1]), -low.MeterWatts * byGain[2], -gain - (low.MeterWatts * byGain[3]),
        ];
        double gainVariance = 0, offsetVariance = 0, covariance = 0;
        for (var i = 0; i < variances.Length; i++)
        {
            gainVariance += byGain[i] * byGain[i] * variances[i];
            offsetVariance += byOffset[i] * byOffset[i] * variances[i];
            covariance += byGain[i] * byOffset[i] * variances[i];
        }

        return new(gain, low.DeviceWatts - (gain * low.MeterWatts), gainVariance, offsetVariance, covariance);
    }
}
