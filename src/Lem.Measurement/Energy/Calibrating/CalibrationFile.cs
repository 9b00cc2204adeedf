namespace Lem.Measurement.Energy.Calibrating;

/// <summary>calibration.json: at most one entry for each device.</summary>
sealed record CalibrationFile(string SchemaVersion, IReadOnlyList<DeviceCalibration> Devices)
{
    public const string Schema = "1";
}
