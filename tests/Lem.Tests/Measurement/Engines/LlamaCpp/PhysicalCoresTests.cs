using Lem.Measurement.Engines.LlamaCpp;
using Lem.Measurement.Linux;
using Xunit;

namespace Lem.Tests.Measurement.Engines.LlamaCpp;

public sealed class PhysicalCoresTests : IDisposable
{
    readonly string _root = Directory.CreateTempSubdirectory("lem-cores-").FullName;

    int Count => PhysicalCores.Count(new LinuxTree(_root), logicalCpus: 6);

    public PhysicalCoresTests()
    {
        // Four cores with two threads each, numbered as Linux does: 0-3 and their siblings 4-7.
        for (var cpu = 0; cpu < 8; cpu++)
            Write($"sys/devices/system/cpu/cpu{cpu}/topology/core_cpus_list", $"{cpu % 4},{cpu % 4 + 4}\n");
    }

    [Theory]
    [InlineData("0-7", 4)]
    [InlineData("0-3", 4)]
    [InlineData("0,4", 1)]
    [InlineData("0,1,5", 2)]
    public void Hyperthreads_of_one_core_count_once(string allowed, int cores)
    {
        Allow(allowed);

        Assert.Equal(cores, Count);
    }

    [Theory]
    [InlineData("max 100000", 4)]
    [InlineData("200000 100000", 2)]
    [InlineData("150000 100000", 2)]
    [InlineData("50000 100000", 1)]
    public void A_control_groups_share_of_time_bounds_them(string share, int cores)
    {
        Allow("0-7");
        Write("proc/self/cgroup", "0::/user/job\n");
        Write("sys/fs/cgroup/cgroup.controllers", "cpu\n");
        Write("sys/fs/cgroup/user/cpu.max", share + "\n");

        Assert.Equal(cores, Count);
    }

    [Fact]
    public void Without_topology_each_processor_is_a_core()
    {
        Directory.Delete(Path.Combine(_root, "sys"), recursive: true);

        Assert.Equal(6, Count);
    }

    void Allow(string cpus) => Write("proc/self/status", $"Name:\tlem\nCpus_allowed:\tff\nCpus_allowed_list:\t{cpus}\n");

    void Write(string path, string text)
    {
        var file = Path.Combine(_root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file) ?? _root);
        File.WriteAllText(file, text);
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);
}
