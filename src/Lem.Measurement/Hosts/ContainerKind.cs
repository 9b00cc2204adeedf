using Lem.Measurement.Linux;

namespace Lem.Measurement.Hosts;

/// <summary>Whether this process lives in a container, and of which kind.</summary>
static class ContainerKind
{
    /// <summary>docker, podman, kubernetes, apptainer, other, or none. The outermost manager that is known names the kind.</summary>
    public static string Find(LinuxTree tree, Func<string, string?> variable)
    {
        if (variable("KUBERNETES_SERVICE_HOST") is not null || tree.FolderExists("var/run/secrets/kubernetes.io"))
            return "kubernetes";
        if (variable("APPTAINER_CONTAINER") is not null || variable("SINGULARITY_CONTAINER") is not null || tree.FolderExists(".singularity.d"))
            return "apptainer";
        if (tree.FileExists("run/.containerenv"))
            return "podman";
        if (tree.FileExists(".dockerenv"))
            return "docker";
        var groups = tree.Text("proc/1/cgroup") ?? "";
        return groups.Contains("kubepods", StringComparison.Ordinal) ? "kubernetes"
            : groups.Contains("docker", StringComparison.Ordinal) ? "docker"
            : groups.Contains("libpod", StringComparison.Ordinal) ? "podman"
            : variable("container") is not null ? "other"
            : "none";
    }
}
