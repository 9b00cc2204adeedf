using System.Globalization;
using System.Text.Json.Nodes;
using Lem.Measurement.Energy.Calibrating;
using Lem.Reporting.Tables;

namespace Lem.Cli.Metering;

/// <summary>Calibrations for people and for programs.</summary>
static class CalibrationLines
{
    static readonly PlainTable Table = new(
        new TableColumn("DEVICE", Elastic: true), new TableColumn("GAIN", RightAligned: true), new TableColumn("OFFSET", RightAligned: true),
        new TableColumn("FITTED"), new TableColumn("DRIVER"));

    public static IEnumerable<string> OfFit(
        DeviceCalibration calibration, (CalibrationFit Fit, Plateau Low, Plateau High, ClockAlignment Clocks) found, bool dryRun) =>
    [
        calibration.Device,
        Text($"  gain    {calibration.Gain:0.0000} ± {2 * calibration.GainStandardError:0.0000} (of the true power, the sensor shows this part)"),
        Text($"  offset  {calibration.OffsetW:0.00} ± {2 * calibration.OffsetStandardErrorW:0.00} W"),
        Line("low", found.Low),
        Line("high", found.High),
        Text($"  clocks  the meter's time + {calibration.ClockOffsetSec:0.00} s") + (double.IsNaN(found.Clocks.Correlation) ? ", as given" : Text($", correlation {found.Clocks.Correlation:0.000}")),
        dryRun ? "not kept (--dry-run)" : "kept: later results carry calibrated_j for this device",
    ];

    public static IEnumerable<string> OfList(IReadOnlyList<DeviceCalibration> known) => known.Count == 0
        ? ["no device is calibrated"]
        : Table.Render(known.Select(c => (IReadOnlyList<string?>)
        [
            c.Device,
            Text($"{c.Gain:0.0000} ± {2 * c.GainStandardError:0.0000}"),
            Text($"{c.OffsetW:0.00} ± {2 * c.OffsetStandardErrorW:0.00} W"),
            c.FittedAt.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            c.Driver,
        ]));

    public static JsonNode Json(DeviceCalibration c) => new JsonObject
    {
        ["device"] = c.Device,
        ["gain"] = c.Gain,
        ["gain_standard_error"] = c.GainStandardError,
        ["offset_w"] = c.OffsetW,
        ["offset_standard_error_w"] = c.OffsetStandardErrorW,
        ["gain_offset_covariance_w"] = c.GainOffsetCovarianceW,
        ["low_w"] = c.LowW.Value,
        ["high_w"] = c.HighW.Value,
        ["clock_offset_sec"] = c.ClockOffsetSec,
        ["fitted_at"] = c.FittedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        ["driver"] = c.Driver,
        ["source_sha256"] = c.SourceSha256,
    };

    static string Line(string name, Plateau plateau) => Text(
        $"  {name,-6}  meter {plateau.MeterWatts:0.0} W, sensor {plateau.DeviceWatts:0.0} W, from {plateau.FromSeconds:0.0} to {plateau.ToSeconds:0.0} s");

    static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
