using Lem.Measurement.Linux;
using Xunit;

namespace Lem.Tests.Measurement.Linux;

public class CpuInfoTests
{
    /// <summary>Two packages of two cores with two threads each, as x86 kernels write it.</summary>
    internal static string TwoSockets(string model, string flags = "fpu sse2") => string.Join("\n\n", Enumerable.Range(0, 8).Select(cpu => $"""
        processor	: {cpu}
        model name	: {model}
        microcode	: 0xd0003a5
        cpu MHz		: {2000 + (cpu * 100)}.000
        physical id	: {cpu / 2 % 2}
        core id		: {cpu % 2}
        flags		: {flags}
        """));

    [Fact]
    public void Packages_cores_and_threads_are_counted_apart()
    {
        var cpu = CpuInfo.Parse(TwoSockets("Intel(R) Xeon(R) Gold 6338 CPU @ 2.00GHz"));

        Assert.Equal((8, 4, 2), (cpu.LogicalCpus, cpu.PhysicalCores!.Value, cpu.Sockets!.Value));
        Assert.Equal(("Intel(R) Xeon(R) Gold 6338 CPU @ 2.00GHz", "0xd0003a5", 2350, false), (cpu.Model, cpu.Microcode, cpu.Megahertz!.Value, cpu.Hypervisor));
    }

    [Fact]
    public void The_hypervisor_flag_is_a_word_of_its_own()
    {
        Assert.True(CpuInfo.Parse(TwoSockets("X", "fpu hypervisor lahf_lm")).Hypervisor);
        Assert.False(CpuInfo.Parse(TwoSockets("X", "fpu nohypervisor")).Hypervisor);
    }

    [Fact]
    public void What_an_Arm_kernel_does_not_tell_is_null()
    {
        var cpu = CpuInfo.Parse("processor\t: 0\nBogoMIPS\t: 50.00\n\nprocessor\t: 1\nBogoMIPS\t: 50.00\n");

        Assert.Equal(2, cpu.LogicalCpus);
        Assert.Null(cpu.Model);
        Assert.Null(cpu.Sockets);
        Assert.Null(cpu.Megahertz);
    }
}
