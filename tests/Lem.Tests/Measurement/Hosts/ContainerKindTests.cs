using Lem.Measurement.Hosts;
using Lem.Tests.Measurement.Linux;
using Xunit;

namespace Lem.Tests.Measurement.Hosts;

public class ContainerKindTests
{
    static string Find(string file, string text = "", string? variable = null)
    {
        using var folder = new FolderTree().With(file, text);
        return ContainerKind.Find(folder.Tree, name => name == variable ? "1" : null);
    }

    [Theory]
    [InlineData(".dockerenv", "docker")]
    [InlineData("run/.containerenv", "podman")]
    [InlineData("var/run/secrets/kubernetes.io/token", "kubernetes")]
    [InlineData(".singularity.d/env", "apptainer")]
    [InlineData("etc/hostname", "none")]
    public void Each_kind_leaves_its_mark(string file, string kind) => Assert.Equal(kind, Find(file));

    [Theory]
    [InlineData("0::/kubepods/besteffort/pod1", "kubernetes")]
    [InlineData("12:cpu:/docker/0123", "docker")]
    [InlineData("0::/machine.slice/libpod-0123.scope", "podman")]
    [InlineData("0::/init.scope", "none")]
    public void Else_the_first_process_s_group_tells(string groups, string kind) => Assert.Equal(kind, Find("proc/1/cgroup", groups));

    [Theory]
    [InlineData("KUBERNETES_SERVICE_HOST", "kubernetes")]
    [InlineData("APPTAINER_CONTAINER", "apptainer")]
    [InlineData("container", "other")]
    public void Variables_tell_too(string variable, string kind) => Assert.Equal(kind, Find("etc/hostname", variable: variable));
}
