using Lem.Core.Units;

namespace Lem.Measurement.Energy.Calibrating;

/// <summary>What an external meter taught about one device's sensor: sensor = gain × truth + offset.</summary>
/// <param name="Device">As in results: <c>gpu:&lt;uuid&gt;</c>.</param>
/// <param name="GainOffsetCovarianceW">Gain and offset err against each other.</param>
/// <param name="LowW">The plateaus by the meter: between them the line holds best.</param>
/// <param name="ClockOffsetSec">What was added to the meter's time.</param>
/// <param name="Driver">Version of the driver here when it was fitted; null = not known.</param>
/// <param name="SourceSha256">Hash of the meter's file.</param>
public sealed record DeviceCalibration(
    string Device,
    double Gain,
    double OffsetW,
    double GainStandardError,
    double OffsetStandardErrorW,
    double GainOffsetCovarianceW,
    Watts LowW,
    Watts HighW,
    double ClockOffsetSec,
    DateTimeOffset FittedAt,
    string? Driver,
    string SourceSha256)
{
    // Gains of real cards lie within ±10 % (arXiv 2312.02741); beyond this it is another load, another column, or another card.
    const double LeastGain = 0.5, MostGain = 2;

    /// <summary>The numbers can be those of a power sensor.</summary>
    public bool IsPlausible => Gain is > LeastGain and < MostGain && double.IsFinite(OffsetW) && double.IsFinite(GainOffsetCovarianceW)
        && GainStandardError >= 0 && OffsetStandardErrorW >= 0;

    /// <summary>
    /// What the device truly used where its sensor says <paramref name="energy"/>: (E − offset·t) ÷ gain. The vendor's tolerance is what the
    /// calibration takes away; left are the readings and the fit.
    /// </summary>
    /// <param name="uncertainty">Half of the 95 % interval of the energy, from its readings.</param>
    /// <returns>Energy, and half of its 95 % interval.</returns>
    public (Joules Energy, Joules Uncertainty) Apply(Joules energy, Joules? uncertainty, TimeSpan window)
    {
        var seconds = window.TotalSeconds;
        var joules = (energy.Value - (OffsetW * seconds)) / Gain;
        var reading = (uncertainty?.Value ?? 0) / 2;
        var variance = ((reading * reading)
            + (joules * joules * GainStandardError * GainStandardError)
            + (seconds * seconds * OffsetStandardErrorW * OffsetStandardErrorW)
            + (2 * joules * seconds * GainOffsetCovarianceW)) / (Gain * Gain);
        return (new Joules(joules), new Joules(2 * Math.Sqrt(Math.Max(0, variance))));
    }
}
