using System.Text.Json.Nodes;
using Lem.Core.Results;
using Lem.Core.Units;

namespace Lem.Measurement.Energy.Calibrating;

/// <summary>The calibrated devices that are known here.</summary>
public sealed record Calibrations(IReadOnlyList<DeviceCalibration> Devices)
{
    public static Calibrations None { get; } = new([]);

    /// <summary>The energy of a calibrated device as its meter would have it; null where it is not calibrated, or has no measured energy.</summary>
    public (Joules Energy, Joules Uncertainty)? Apply(DomainEnergy gross, TimeSpan window) =>
        gross is { Energy: { } energy, Method: not EnergyMethod.Estimated } && Of(gross.Channel.Device) is { } known
            ? known.Apply(energy, gross.Uncertainty, window)
            : null;

    public DeviceCalibration? Of(string device) => Devices.FirstOrDefault(known => known.Device == device);

    /// <summary>Doubts about the calibrations of these devices: another driver may read the same sensor otherwise.</summary>
    public IEnumerable<Finding> Doubts(IEnumerable<EnergyChannel> channels, string? driver) =>
        from channel in channels
        let known = Of(channel.Device)
        where channel.Domain == EnergyDomain.Gpu && known?.Driver is not null && driver is not null && known.Driver != driver
        select new Finding(
            "calibration_driver_differs",
            FindingSeverity.Warning,
            $"{channel.Device}: calibrated with driver {known.Driver}, but this is {driver}",
            Hint: "Calibrate it again with this driver (lem calibrate), or forget the calibration.",
            Data: new JsonObject { ["device"] = channel.Device, ["calibrated_driver"] = known.Driver, ["driver"] = driver });
}
