using Lem.Cli.Doctor;
using Lem.Cli.Machine;
using Lem.Core.Results;
using Lem.Core.Results.Environments;
using Lem.Measurement.Energy;
using Xunit;

namespace Lem.Tests.Cli.Doctor;

public class DiagnosisTests
{
    static readonly FoundEngine Engine = new("llamacpp", true, "llama.cpp 0.5.0", "/opt/llama", [], [], null, null);

    // Bare metal, everything as it should be.
    static readonly MachineFacts Good = new(
        new EnvironmentSnapshot(
            DateTimeOffset.UnixEpoch,
            "0.1.0",
            Gpus: [],
            Cpu: new CpuSnapshot("A processor", LogicalCpus: 8, UsableCpus: 8, Governor: "performance", Turbo: false),
            Memory: new MemorySnapshot(16_000_000_000, 12_000_000_000),
            Hypervisor: "none",
            Container: "none",
            ClockSource: "tsc",
            LoadAverage1Min: 0.1),
        Engine,
        [
            new(EnergyDomain.Gpu, "gpu:a", EnergyMethod.Counter),
            new(EnergyDomain.Cpu, "cpu:0", EnergyMethod.Counter),
            new(EnergyDomain.Dram, "dram:0", EnergyMethod.Counter),
        ],
        [],
        new("/work/results", null, 10_000_000_000),
        new("/home/.cache/lem/models", null, 10_000_000_000),
        new Dictionary<string, string?> { ["npm"] = "/usr/bin/npm" },
        null);

    [Fact]
    public void On_a_good_machine_nothing_is_to_be_done()
    {
        var diagnosis = Diagnosis.Of(Good);

        Assert.True(diagnosis.Usable);
        Assert.All(diagnosis.Checks, check => Assert.True(check.Status is CheckStatus.Pass or CheckStatus.Info && check.Fix is null, check.ToString()));
    }

    [Fact]
    public void Counters_that_only_root_may_read_come_with_the_rule_that_opens_them()
    {
        var check = The("CPU energy (RAPL)", Good with
        {
            Channels = [],
            Unmeasured = [new(EnergyDomain.Cpu, "cpu:0", "rapl_denied", "energy_uj may not be read by this user", "As root, once: SUBSYSTEM==\"powercap\"")],
        });

        Assert.Equal(CheckStatus.Warning, check.Status);
        Assert.Contains("SUBSYSTEM", check.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public void One_package_of_two_that_cannot_be_read_is_not_passed_over() =>
        Assert.Equal(CheckStatus.Warning, The("CPU energy (RAPL)", Good with { Unmeasured = [new(EnergyDomain.Cpu, "cpu:1", "rapl_denied", "no")] }).Status);

    [Fact]
    public void Without_the_embedded_engine_nothing_can_be_measured()
    {
        var diagnosis = Diagnosis.Of(Good with { Embedded = Engine with { Usable = false, Missing = "not installed", Fix = "Install npm." } });

        Assert.False(diagnosis.Usable);
        Assert.Contains("not usable: embedded engine", diagnosis.Lines());
    }

    [Theory]
    [InlineData("no space left", 10_000_000_000L)]
    [InlineData(null, 1_000_000L)]
    public void Without_a_place_for_results_nothing_can_be_measured(string? problem, long free) =>
        Assert.False(Diagnosis.Of(Good with { Results = new("/work/results", problem, free) }).Usable);

    [Fact]
    public void Little_space_is_a_warning_only() => Assert.True(Diagnosis.Of(Good with { Results = new("/work/results", null, 500_000_000) }).Usable);

    [Fact]
    public void What_makes_results_scatter_is_a_warning()
    {
        var machine = Good.Machine with
        {
            Cpu = Good.Machine.Cpu! with { Governor = "powersave" },
            ClockSource = "hpet",
            Hypervisor = "KVM",
            LoadAverage1Min = 7.5,
            Cgroup = new CgroupSnapshot(2, 1.5),
            Memory = new MemorySnapshot(16_000_000_000, 1_000_000_000),
        };

        Assert.Equal(
            ["CPU governor", "clock source", "virtual machine", "container", "other work", "memory"],
            Diagnosis.Of(Good with { Machine = machine }).Checks.Where(check => check.Status == CheckStatus.Warning).Select(check => check.Name));
    }

    [Fact]
    public void A_shared_or_divided_gpu_is_a_warning()
    {
        var gpu = new GpuSnapshot(0, "GPU-a", MigEnabled: true, PersistenceMode: false, Processes: [new(42)]);

        var checks = Diagnosis.Of(Good with { Machine = Good.Machine with { Gpus = [gpu] } }).Checks.Where(check => check.Name == "GPU state").ToList();

        Assert.Equal([CheckStatus.Info, CheckStatus.Warning, CheckStatus.Warning], checks.Select(check => check.Status));
    }

    [Fact]
    public void Estimates_say_what_they_rest_on_and_are_no_sensors()
    {
        var facts = Good with
        {
            Channels = [new(EnergyDomain.Cpu, "cpu:0", EnergyMethod.Estimated, Note: "1 of a model (TDP 65 W)")],
            Unmeasured = [new(EnergyDomain.Cpu, null, "rapl_absent", "no counters", "modprobe")],
        };

        Assert.Equal((CheckStatus.Warning, "modprobe"), (The("CPU energy (RAPL)", facts).Status, The("CPU energy (RAPL)", facts).Fix));
        Assert.Equal((CheckStatus.Info, "1 of a model (TDP 65 W)"), (The("estimate cpu:0", facts).Status, The("estimate cpu:0", facts).Message));
    }

    [Fact]
    public void A_gpu_is_told_with_its_sensor_and_a_refused_one_with_its_reason()
    {
        var facts = Good with
        {
            Machine = Good.Machine with { Gpus = [new GpuSnapshot(0, "a", "Card", EccEnabled: true)], Driver = new DriverSnapshot("550", "12", "12.4") },
            Channels = [new(EnergyDomain.Gpu, "gpu:a", EnergyMethod.Counter, Note: "energy counter, power by field 186 (instant)")],
            Unmeasured = [new(EnergyDomain.Gpu, "gpu:b", "nvml_no_permission", "permission denied", "Check /dev/nvidia*")],
        };

        Assert.Equal("Card: energy counter, power by field 186 (instant), ECC on", The("GPU 0", facts).Message);
        Assert.Equal((CheckStatus.Warning, "Check /dev/nvidia*"), (The("GPU", facts).Status, The("GPU", facts).Fix));
        Assert.StartsWith("550", The("NVIDIA driver", facts).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 0.4, nameof(CheckStatus.Pass))]
    [InlineData(3, 0.4, nameof(CheckStatus.Warning))]
    [InlineData(0, 9, nameof(CheckStatus.Warning))]
    public void A_sampler_that_cannot_keep_time_is_a_warning(long missed, double lateMs, string status) =>
        Assert.Equal(status, The("sampler", Good with { Sampling = Trial(missed, lateMs) }).Status.ToString());

    [Theory]
    [InlineData(0.1, nameof(CheckStatus.Pass))]
    [InlineData(5, nameof(CheckStatus.Warning))]
    public void A_driver_that_answers_slowly_is_a_warning(double readMs, string status) => Assert.Equal(
        status, The("NVML read", Good with { Sampling = Trial(0, 0.4) with { NvmlReadMedian = TimeSpan.FromMilliseconds(readMs) } }).Status.ToString());

    [Theory]
    [InlineData(true, nameof(CheckStatus.Pass))]
    [InlineData(false, nameof(CheckStatus.Info))]
    [InlineData(null, nameof(CheckStatus.Info))]
    public void The_wall_clock_only_labels_so_that_it_is_never_more_than_worth_knowing(bool? synchronised, string status) =>
        Assert.Equal(status, The("wall clock", Good with { ClockSynchronised = synchronised }).Status.ToString());

    [Fact]
    public void A_slow_disk_is_a_warning() =>
        Assert.Equal(CheckStatus.Warning, The("results", Good with { Results = new("/work/results", null, 10_000_000_000, BytesPerSecond: 500_000) }).Status);

    [Fact]
    public void As_json_each_check_has_a_status_and_a_fix()
    {
        var checks = Diagnosis.Of(Good).Json()["checks"]!.AsArray();

        Assert.Equal("pass", (string?)checks[0]!["status"]);
        Assert.True(checks[0]!.AsObject().ContainsKey("fix"));
    }

    static SamplerTrial Trial(long missed, double lateMs) => new(
        new SamplerOverhead(
            TimeSpan.FromMilliseconds(10), 100, missed, TimeSpan.FromMilliseconds(0.1), TimeSpan.FromMilliseconds(lateMs), TimeSpan.FromMilliseconds(lateMs), null),
        null);

    static Check The(string name, MachineFacts facts) => Diagnosis.Of(facts).Checks.Single(check => check.Name == name);
}
