using Lem.Measurement.Nvml;

namespace Lem.Measurement.Energy;

/// <summary>What of energy and power one GPU offers, found once; then read without allocation.</summary>
sealed class NvmlGpuProbe
{
    readonly NvmlFieldValue[] _fields;
    readonly int _energyField = -1;
    readonly int _powerField = -1;
    readonly bool _energyCall;
    readonly bool _powerCall;

    NvmlGpuProbe(NvmlDevice device)
    {
        Device = device;
        var name = device.Name;
        var (energy, instant, average) = (Offers(device, NvmlField.TotalEnergy), Offers(device, NvmlField.PowerInstant), Offers(device, NvmlField.PowerAverage));
        _energyCall = !energy && device.ReadEnergy(out _) is NvmlReturn.Success;
        _powerCall = !instant && !average && device.ReadPower(out _) is NvmlReturn.Success;
        var fields = new List<NvmlFieldValue>();
        if (energy)
        {
            _energyField = fields.Count;
            fields.Add(new NvmlFieldValue { Field = NvmlField.TotalEnergy });
        }

        if (instant || average)
        {
            _powerField = fields.Count;
            fields.Add(new NvmlFieldValue { Field = instant ? NvmlField.PowerInstant : NvmlField.PowerAverage });
        }

        _fields = [.. fields];
        HasCounter = energy || _energyCall;
        Timing = instant ? SensorTiming.Instant(name) : average ? SensorTiming.Average(name) : SensorTiming.Usage(name);
        Description = $"{(HasCounter ? "energy counter" : "no energy counter")}, power by {(instant ? "field 186 (instant)" : average ? "field 185 (1 s mean)" : _powerCall ? "nvmlDeviceGetPowerUsage" : "nothing")}";
    }

    public NvmlDevice Device { get; }

    public bool HasCounter { get; }

    public SensorTiming Timing { get; }

    /// <summary>Which readings are used, for the result.</summary>
    public string Description { get; }

    /// <summary>Null where the GPU offers neither energy nor power; then the answer to the plainest question says why.</summary>
    public static NvmlGpuProbe? Open(NvmlDevice device, out NvmlReturn refusal)
    {
        var probe = new NvmlGpuProbe(device);
        refusal = device.ReadPower(out _);
        return probe.HasCounter || probe._powerField >= 0 || probe._powerCall ? probe : null;
    }

    public ReadFailure Read(out double joules, out double watts)
    {
        joules = watts = double.NaN;
        var answer = NvmlReturn.Success;
        if (_fields.Length > 0)
        {
            answer = Device.ReadFields(_fields);
            if (answer is NvmlReturn.Success)
            {
                joules = Value(_energyField, ref answer) / 1e3;
                watts = Value(_powerField, ref answer) / 1e3;
            }
        }

        if (_energyCall && Keep(Device.ReadEnergy(out var millijoules), ref answer))
            joules = millijoules / 1e3;
        if (_powerCall && Keep(Device.ReadPower(out var milliwatts), ref answer))
            watts = milliwatts / 1e3;
        return double.IsNaN(joules) && double.IsNaN(watts) ? FailureOf(answer) : ReadFailure.None;
    }

    double Value(int field, ref NvmlReturn answer) => field >= 0 && Keep(_fields[field].Return, ref answer) ? _fields[field].Number : double.NaN;

    static bool Keep(NvmlReturn got, ref NvmlReturn answer)
    {
        if (got is not NvmlReturn.Success)
            answer = got;
        return got is NvmlReturn.Success;
    }

    static bool Offers(NvmlDevice device, NvmlField field)
    {
        Span<NvmlFieldValue> one = [new NvmlFieldValue { Field = field }];
        return device.ReadFields(one) is NvmlReturn.Success && one[0].Return is NvmlReturn.Success && !double.IsNaN(one[0].Number);
    }

    static ReadFailure FailureOf(NvmlReturn answer) => answer switch
    {
        NvmlReturn.NotSupported or NvmlReturn.FunctionNotFound => ReadFailure.NotSupported,
        NvmlReturn.NoPermission or NvmlReturn.OperatingSystem => ReadFailure.NoPermission,
        NvmlReturn.GpuIsLost or NvmlReturn.ResetRequired or NvmlReturn.NotFound => ReadFailure.DeviceLost,
        NvmlReturn.Timeout => ReadFailure.TimedOut,
        _ => ReadFailure.Unreadable,
    };
}
