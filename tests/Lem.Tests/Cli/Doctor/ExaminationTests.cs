using Lem.Cli;
using Lem.Cli.Doctor;
using Lem.Core.Configuration;
using Lem.Core.Results.Storage;
using Lem.Tests.Core.Results.Storage;
using Lem.Tests.Measurement.Linux;
using Lem.Tests.Shared.Nvml;
using Xunit;

namespace Lem.Tests.Cli.Doctor;

/// <summary>What the doctor makes of whole machines: a folder for <c>/proc</c> and <c>/sys</c>, and scenario GPUs.</summary>
public sealed class ExaminationTests : IDisposable
{
    readonly ScratchDirectory _scratch = new();
    readonly FolderTree _tree = new FolderTree()
        .With("proc/cpuinfo", "processor : 0\nmodel name : AMD EPYC 7763 64-Core Processor\nflags : fpu\n")
        .With("proc/stat", "cpu  0 0 0 0 0 0 0 0 0 0\ncpu0 1 0 0 0 0 0 0 0 0 0\nintr 1")
        .With("proc/meminfo", "MemTotal: 16777216 kB\nMemAvailable: 15000000 kB");

    public void Dispose()
    {
        _scratch.Dispose();
        _tree.Dispose();
    }

    [Fact]
    public async Task A_server_with_readable_counters_and_two_gpus_passes_with_what_each_offers()
    {
        using var nvml = new NvmlScenario();
        nvml.Profile(1, "p100");
        nvml.Tell(0, $"limit 300");
        nvml.Tell(0, $"process 4242");
        nvml.Tell(0, $"mig 2");
        _tree.With("sys/class/powercap/intel-rapl:0/name", "package-0")
            .With("sys/class/powercap/intel-rapl:0/energy_uj", "1000")
            .With("sys/class/powercap/intel-rapl:0/max_energy_range_uj", "262143328850");

        var checks = await ChecksAsync(nvml.Path);

        Assert.Equal(CheckStatus.Pass, The(checks, "GPU energy (NVML)").Status);
        Assert.Contains("energy counter, power by field 186", The(checks, "GPU 0").Message, StringComparison.Ordinal);
        Assert.Equal(CheckStatus.Info, The(checks, "GPU 1").Status);
        Assert.Contains("no energy counter", The(checks, "GPU 1").Message, StringComparison.Ordinal);
        Assert.Equal(CheckStatus.Pass, The(checks, "CPU energy (RAPL)").Status);
        Assert.Equal(CheckStatus.Info, The(checks, "estimate dram:0").Status);
        Assert.NotNull(checks.SingleOrDefault(check => check.Name == "sampler"));
        Assert.NotNull(checks.SingleOrDefault(check => check.Name == "NVML read"));

        var state = checks.Where(check => check.Name == "GPU state").Select(check => check.Message).ToList();
        Assert.Contains(state, message => message.Contains("limited to 300 W; its default is 400 W", StringComparison.Ordinal));
        Assert.Contains(state, message => message.Contains("is used by 1 other process", StringComparison.Ordinal));
        Assert.Contains(state, message => message.Contains("MIG", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_machine_without_sensors_says_what_its_estimates_rest_on()
    {
        var checks = await ChecksAsync("/nowhere/libnvidia-ml.so.1");

        Assert.Equal(CheckStatus.Warning, The(checks, "GPU energy (NVML)").Status);
        Assert.Equal(CheckStatus.Warning, The(checks, "CPU energy (RAPL)").Status);
        Assert.Contains("EPYC 7763", The(checks, "estimate cpu:0").Message, StringComparison.Ordinal);
        Assert.DoesNotContain(checks, check => check.Name == "NVML read");
    }

    async Task<IReadOnlyList<Check>> ChecksAsync(string nvmlLibrary)
    {
        var host = new CliHost(
            TextWriter.Null, TextWriter.Null, false, new ConfigEnvironment(_scratch.Path, _scratch.Path, new Dictionary<string, string>()), AppContext.BaseDirectory, TimeProvider.System);
        return Diagnosis.Of(await new Examination(host, _tree.Tree, nvmlLibrary).TakeAsync(new ResultsDirectory(_scratch["results"]))).Checks;
    }

    static Check The(IReadOnlyList<Check> checks, string name) => checks.Single(check => check.Name == name);
}
