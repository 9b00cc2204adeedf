using Lem.Measurement.Nvml;

namespace Lem.Measurement.Energy;

/// <summary>Time that a GPU has been slowed down since its driver was loaded, by cause, ns; null = not offered.</summary>
/// <param name="Method">time_counters (fields 269, 270, 271, 74), violation_status, or null where neither is offered.</param>
public sealed record ThrottleCounters(
    long? SoftwareThermalNanoseconds,
    long? HardwareThermalNanoseconds,
    long? PowerBrakeNanoseconds,
    long? PowerCapNanoseconds,
    string? Method)
{
    internal const string Fields = "time_counters";
    internal const string Violation = "violation_status";

    internal static ThrottleCounters Read(NvmlDevice gpu)
    {
        NvmlFieldValue[] values =
        [
            new() { Field = NvmlField.SoftwareThermalSlowdown },
            new() { Field = NvmlField.HardwareThermalSlowdown },
            new() { Field = NvmlField.HardwarePowerBrake },
            new() { Field = NvmlField.PerfPolicyPower },
        ];
        if (gpu.ReadFields(values) is NvmlReturn.Success && values[..3].Any(field => field.Return is NvmlReturn.Success))
            return new ThrottleCounters(Value(values[0]), Value(values[1]), Value(values[2]), Value(values[3]), Fields);

        // Older drivers: policy 1 is heat without telling who acted, policy 0 the power limit.
        var (power, thermal) = (gpu.ViolationNanoseconds(0), gpu.ViolationNanoseconds(1));
        return power is null && thermal is null
            ? new ThrottleCounters(null, null, null, null, null)
            : new ThrottleCounters(thermal, null, null, power, Violation);
    }

    static long? Value(NvmlFieldValue field) => field.Return is NvmlReturn.Success ? (long)field.Number : null;
}
