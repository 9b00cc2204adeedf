using Lem.Measurement.Linux;

namespace Lem.Measurement.Hosts;

/// <summary>What virtual machine this is.</summary>
static class HypervisorName
{
    /// <summary>The vendor as the firmware names it, "unknown" for a guest that hides it, "none" on bare metal; null where the processor does not say.</summary>
    public static string? Find(LinuxTree tree, bool? guest)
    {
        if (tree.Text("sys/hypervisor/type") is { Length: > 0 } type)
            return type;
        return guest switch
        {
            null => null,
            false => "none",
            true => tree.Text("sys/class/dmi/id/sys_vendor") is { Length: > 0 } vendor ? vendor.Trim() : "unknown",
        };
    }
}
