using Lem.Measurement.Linux;

namespace Lem.Measurement.Hosts;

/// <summary>What tells one machine from another over reboots: <c>/etc/machine-id</c>, else its name.</summary>
public static class MachineId
{
    public static string Read(LinuxTree tree) =>
        new[] { "etc/machine-id", "var/lib/dbus/machine-id", "proc/sys/kernel/hostname" }
            .Select(tree.Text)
            .FirstOrDefault(text => !string.IsNullOrWhiteSpace(text))
            ?.Trim() ?? "unknown";
}
