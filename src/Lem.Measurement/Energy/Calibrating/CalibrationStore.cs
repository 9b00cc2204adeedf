using System.Text.Json;
using Lem.Core;
using Lem.Core.Results.Storage;

namespace Lem.Measurement.Energy.Calibrating;

/// <summary>The user's calibrations, in one file. Unlike a cache they cannot be made again at will: what cannot be read is told, never passed over.</summary>
public sealed class CalibrationStore(string path)
{
    public string Path => path;

    /// <summary>What is known; nothing where there is no file.</summary>
    /// <exception cref="LemException">The file cannot be read, or is none of ours.</exception>
    public Calibrations Read()
    {
        if (!File.Exists(path))
            return Calibrations.None;
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), CalibrationJson.Default.CalibrationFile) is { SchemaVersion: CalibrationFile.Schema } file
                && file.Devices.All(device => device is { IsPlausible: true })
                ? new(file.Devices)
                : throw Unusable("it is not in a form that this version knows", null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            throw Unusable(e.Message, e);
        }
    }

    /// <summary>Keeps a calibration, in place of an earlier one of the same device.</summary>
    /// <exception cref="LemException">The file cannot be read or written.</exception>
    public void Save(DeviceCalibration calibration) =>
        Write([.. Read().Devices.Where(known => known.Device != calibration.Device), calibration]);

    /// <summary>Forgets one device's calibration, or all of them.</summary>
    /// <param name="device">Null = all.</param>
    /// <returns>How many there were.</returns>
    public int Forget(string? device)
    {
        if (device is null)
        {
            var all = File.Exists(path) ? Math.Max(1, Count()) : 0;
            File.Delete(path);
            return all;
        }

        var known = Read().Devices;
        List<DeviceCalibration> kept = [.. known.Where(d => d.Device != device)];
        if (kept.Count < known.Count)
            Write(kept);
        return known.Count - kept.Count;
    }

    int Count()
    {
        try
        {
            return Read().Devices.Count;
        }
        catch (LemException)
        {
            // Damaged: forgetting it is the remedy.
            return 0;
        }
    }

    void Write(IReadOnlyList<DeviceCalibration> devices) =>
        AtomicFile.Write(path, JsonSerializer.SerializeToUtf8Bytes(new CalibrationFile(CalibrationFile.Schema, devices), CalibrationJson.Default.CalibrationFile));

    LemException Unusable(string why, Exception? inner) =>
        new($"the calibrations in {path} cannot be read: {why}", "Mend the file, or remove it with lem calibrate --forget all and calibrate again.", inner);
}
