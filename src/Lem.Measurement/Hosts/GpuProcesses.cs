using Lem.Core.Results.Environments;

namespace Lem.Measurement.Hosts;

/// <summary>The processes on the GPUs, from one snapshot to another.</summary>
static class GpuProcesses
{
    /// <summary>Those that were not there before.</summary>
    public static IReadOnlySet<int> Newcomers(EnvironmentSnapshot before, EnvironmentSnapshot now)
    {
        var known = Of(before).Select(process => process.Pid).ToHashSet();
        return Of(now).Where(process => !known.Contains(process.Pid)).Select(process => process.Pid).ToHashSet();
    }

    /// <summary>The snapshot with these processes marked as the experiment's own.</summary>
    public static EnvironmentSnapshot Claim(EnvironmentSnapshot snapshot, IReadOnlySet<int> own) => own.Count == 0 ? snapshot : snapshot with
    {
        Gpus = snapshot.Gpus?.Select(gpu => gpu with
        {
            Processes = gpu.Processes?.Select(process => own.Contains(process.Pid) ? process with { Own = true } : process).ToList(),
        }).ToList(),
    };

    static IEnumerable<GpuProcessSnapshot> Of(EnvironmentSnapshot snapshot) => (snapshot.Gpus ?? []).SelectMany(gpu => gpu.Processes ?? []);
}
