using Lem.Core.Results;
using Lem.Core.Results.Aggregation;
using Lem.Core.Results.Raw;
using Lem.Core.Units;
using Xunit;

namespace Lem.Tests.Core.Results.Aggregation;

/// <summary>Whose energy is in a total, and when there is none.</summary>
public class AggregatedEnergyTests
{
    static readonly AggregationOptions Strict = new();

    [Fact]
    public void Energy_is_summed_over_devices_and_tokens_over_processes()
    {
        var result = Aggregator.Aggregate(SampleRun.Gpus(), Strict);

        Assert.Equal(new Joules(6000), result.TotalEnergyJ);
        Assert.Equal(new Joules(5000), result.EnergyMetrics.GpuEnergyJ);
        Assert.Equal(new Joules(1000), result.EnergyMetrics.CpuEnergyJ);
        Assert.Equal(new Joules(6000 - 1400), result.EnergyBreakdown.AdjustedJ);
        Assert.Equal(new Watts(140), result.EnergyBreakdown.BaselinePowerW);
        Assert.Equal(new Joules(300), result.EnergyMetrics.TotalUncertaintyJ);
        Assert.Equal(1120, result.TotalTokens);
        Assert.Equal(112, result.InferenceMetrics.TokensPerSecond);
        Assert.Equal(56, result.InferenceMetrics.MeanProcessTokensPerSecond);
        Assert.Equal(1.12e10, result.TotalFlops);
        Assert.Equal(1.12e9 / 2e12, result.ComputeMetrics.Mfu!.Value, 1e-15);
        Assert.Equal(70, result.ExtendedMetrics.GpuUtilisation.SmUtilisationMean);
        Assert.Equal(920.0, result.ExtendedMetrics.Memory.TokensPerGbVram);
        Assert.Equal(2.0, result.LatencyStats.Goodput);
        Assert.Equal(6000 / 3.6e6 * 1.5 * 0.4, result.EnergyMetrics.EmissionsKgCo2!.Value, 1e-15);
        Assert.Equal("20260131T120000Z-sample-0a1b2c3d_c2", result.ExperimentId);
    }

    [Fact]
    public void A_device_listed_twice_counts_once()
    {
        var run = SampleRun.Gpus();
        run = run with { Host = run.Host! with { Domains = [.. run.Host.Domains, run.Host.Domains[0]] } };

        Assert.Equal(new Joules(6000), Aggregator.Aggregate(run, Strict).TotalEnergyJ);
    }

    [Fact]
    public void Without_the_energy_of_a_device_that_worked_there_is_no_total()
    {
        var run = SampleRun.Gpus();
        run = run with { Host = run.Host! with { Domains = [.. run.Host.Domains.Where(d => d.Device != "gpu:b")] } };

        var result = Aggregator.Aggregate(run, Strict);

        Assert.Null(result.TotalEnergyJ);
        Assert.True(result.EnergyTrackingFailed);
        Assert.Equal("energy_unknown_of gpu:b", Why(result, "total_energy_j"));
        Assert.Equal("energy_unknown_of gpu:b", Why(result, "energy_metrics.joules_per_output_token"));
    }

    [Theory]
    [InlineData("cpu:0", "cpu:1")]
    [InlineData("cpu:1", "cpu:0")]
    public void Work_on_the_processor_has_no_total_without_each_of_its_sockets(string known, string refused)
    {
        var run = OnProcessors(
            new(EnergyDomain.Cpu, known, new Joules(900), Method: EnergyMethod.Counter),
            new(EnergyDomain.Cpu, refused, null, Reason: "read_no_permission"),
            new(EnergyDomain.Dram, "dram:0", new Joules(100), Method: EnergyMethod.Counter));

        var result = Aggregator.Aggregate(run, Strict);

        Assert.Null(result.TotalEnergyJ);
        Assert.Equal($"energy_unknown_of {refused}", Why(result, "total_energy_j"));
    }

    [Fact]
    public void Memory_alone_is_no_total_of_work_on_the_processor()
    {
        var run = OnProcessors(new DomainEnergyRecord(EnergyDomain.Dram, "dram:0", new Joules(100), Method: EnergyMethod.Counter));

        Assert.Equal("energy_unknown_of cpu:*", Why(Aggregator.Aggregate(run, Strict), "total_energy_j"));
    }

    [Fact]
    public void Processes_share_the_processor_and_an_estimate_of_it_counts()
    {
        var run = OnProcessors([.. SampleRun.Cpu().Host!.Domains]);
        run = run with { Experiment = SampleRun.Experiment(processes: 2), Processes = [run.Processes[0], SampleRun.Process(1, ["cpu"])] };

        Assert.Equal(new Joules(1000), Aggregator.Aggregate(run, Strict).TotalEnergyJ);
    }

    static RawRun OnProcessors(params DomainEnergyRecord[] domains) =>
        SampleRun.Cpu() with { Host = SampleRun.Host(domains), Processes = [SampleRun.Process(0, ["cpu"])] };

    [Fact]
    public void A_gpu_that_no_process_owns_is_listed_and_in_no_total()
    {
        var run = SampleRun.Gpus();
        run = run with
        {
            Experiment = run.Experiment with { Processes = 1 },
            Processes = [SampleRun.Process(0, ["gpu:a"])],
        };

        var result = Aggregator.Aggregate(run, Strict);

        Assert.Equal(new Joules(3000 + 1000), result.TotalEnergyJ);
        Assert.Equal(new Joules(3000), result.EnergyMetrics.GpuEnergyJ);
        Assert.Equal(new Joules(4000 - 900), result.EnergyBreakdown.AdjustedJ);
        Assert.DoesNotContain("gpu:b", result.EnergyBreakdown.AdjustedDevices);
        Assert.Equal(new Joules(2000), Assert.Single(result.EnergyBreakdown.Domains, d => d.Device == "gpu:b").RawJ);
        var finding = Assert.Single(result.Findings, f => f.Code == "gpu_not_owned");
        Assert.Equal(FindingSeverity.Info, finding.Severity);
        Assert.Equal(2000, (double?)finding.Data?["energy_j"]);
    }

    [Fact]
    public void Where_no_process_says_which_gpus_worked_all_of_them_count()
    {
        var run = SampleRun.Gpus();
        run = run with { Processes = [SampleRun.Process(0, []), SampleRun.Process(1, [])] };

        var result = Aggregator.Aggregate(run, Strict);

        Assert.Equal(new Joules(6000), result.TotalEnergyJ);
        Assert.DoesNotContain(result.Findings, f => f.Code == "gpu_not_owned");
    }

    [Fact]
    public void One_unreadable_gpu_among_several_makes_no_partial_total()
    {
        var run = SampleRun.Gpus();
        var lost = new DomainEnergyRecord(EnergyDomain.Gpu, "gpu:b", null, Reason: "nvml_gpu_lost");
        run = run with
        {
            Host = run.Host! with { Domains = [.. run.Host.Domains.Where(d => d.Device != "gpu:b"), lost] },
            Processes = [SampleRun.Process(0, []), SampleRun.Process(1, [])],
        };

        var result = Aggregator.Aggregate(run, Strict);

        Assert.Null(result.TotalEnergyJ);
        Assert.Equal("energy_unknown_of gpu:b", Why(result, "total_energy_j"));
        Assert.Equal("nvml_gpu_lost", Why(result, "energy_metrics.gpu_energy_j"));
    }

    static string? Why(ExperimentResult result, string path) => result.Unavailable.SingleOrDefault(u => u.Path == path)?.Reason;
}
