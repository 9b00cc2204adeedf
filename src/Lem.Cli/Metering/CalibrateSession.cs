using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Lem.Cli.Terminal;
using Lem.Core;
using Lem.Core.Configuration;
using Lem.Measurement.Energy.Calibrating;
using Lem.Measurement.Nvml;

namespace Lem.Cli.Metering;

/// <summary><c>lem calibrate</c>: fits, shows, keeps and forgets calibrations.</summary>
sealed class CalibrateSession(CliHost host, Messages messages, bool json)
{
    readonly CalibrationStore _store = Store(host);

    /// <summary>This user's calibrations.</summary>
    public static CalibrationStore Store(CliHost host) => new(Path.Combine(UserFolders.Config(host), "calibration.json"));

    public ExitCode Fit(CalibrateRequest request)
    {
        if (request is not { Meter: { } meterFile, Samples: { } samplesFile })
            throw new ConfigException([new("--meter, --samples", "both are needed: the meter's recording and the device's own of the same load")]);
        var meterPath = Path.Combine(host.WorkingDirectory, meterFile);
        var meter = Reading(meterPath, lines => MeterCsv.Read(lines, meterFile, request.Column));
        var devices = Reading(Path.Combine(host.WorkingDirectory, samplesFile), lines => SampleCsv.Read(lines, samplesFile));
        var device = Choose(devices, request.Device, samplesFile);
        var found = Calibrator.Fit(devices[device], meter, request.Offset);
        var calibration = Calibrator.Record(device, found, host.Time.GetUtcNow(), DriverOf(device), Sha256(meterPath));
        if (!request.DryRun)
            _store.Save(calibration);
        new Answer(host, messages, json).Write(
            () => string.Join('\n', CalibrationLines.OfFit(calibration, found, request.DryRun)), () => CalibrationLines.Json(calibration));
        return ExitCode.Success;
    }

    public ExitCode List()
    {
        var known = _store.Read().Devices;
        new Answer(host, messages, json).Write(
            () => string.Join('\n', CalibrationLines.OfList(known)), () => new JsonArray([.. known.Select(CalibrationLines.Json)]));
        return ExitCode.Success;
    }

    public ExitCode Forget(string device)
    {
        var name = device is "all" ? null : Only(_store.Read().Devices.Select(known => known.Device), device, "--forget", "lem calibrate --list shows them");
        var count = _store.Forget(name);
        new Answer(host, messages, json).Write(() => $"{count} calibrations forgotten", () => new JsonObject { ["forgotten"] = count });
        return ExitCode.Success;
    }

    static string Choose(IReadOnlyDictionary<string, PowerTrack> devices, string? asked, string file)
    {
        if (asked is not null)
            return Only(devices.Keys, asked, "--gpu", $"{file} holds {string.Join(", ", devices.Keys)}");
        List<string> gpus = [.. devices.Keys.Where(name => name.StartsWith("gpu:", StringComparison.Ordinal))];
        return gpus is [var only]
            ? only
            : throw new ConfigException([new("--gpu", $"{file} holds {(gpus.Count == 0 ? "no GPU" : "several GPUs")}: name the device that was metered ({string.Join(", ", devices.Keys)})")]);
    }

    // A whole name, or the start of one, with or without "gpu:".
    static string Only(IEnumerable<string> names, string asked, string option, string known)
    {
        List<string> all = [.. names];
        var found = all.Contains(asked) ? [asked] : all.FindAll(name => name.StartsWith(asked, StringComparison.Ordinal) || name.StartsWith($"gpu:{asked}", StringComparison.Ordinal));
        return found is [var only] ? only : throw new ConfigException([new(option, $"{(found.Count == 0 ? "no" : "more than one")} device is meant by {asked}: {known}")]);
    }

    static string? DriverOf(string device)
    {
        using var nvml = NvmlReader.Open(NvmlReader.DefaultLibrary, out _);
        return nvml?.Devices.Any(gpu => $"gpu:{gpu.Uuid}" == device) is true ? nvml.DriverVersion : null;
    }

    static T Reading<T>(string path, Func<IEnumerable<string>, T> read)
    {
        try
        {
            using Stream raw = File.OpenRead(path);
            using var stream = path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(raw, CompressionMode.Decompress) : raw;
            using var text = new StreamReader(stream);
            return read(Lines(text));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new LemException($"{path}: cannot be read: {e.Message}", "Check the name, and that you may read it.", e);
        }
    }

    static IEnumerable<string> Lines(StreamReader text)
    {
        while (text.ReadLine() is { } line)
            yield return line;
    }

    static string Sha256(string path)
    {
        using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }
}
