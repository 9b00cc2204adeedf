using System.Text.Json.Nodes;
using Lem.Core.Results;
using Lem.Measurement.Energy.Estimated;
using Lem.Measurement.Energy.Rapl;
using Lem.Measurement.Linux;

namespace Lem.Measurement.Energy;

/// <summary>Finds the best source of each domain on this machine: counters before power, power before estimates, else a reason.</summary>
public static class EnergyDiscovery
{
    public static EnergySources Discover(EnergyOptions options, LinuxTree tree, TimeProvider time)
    {
        var sources = new List<IEnergySource>();
        var reasons = new List<UnavailableReason>();
        var findings = new List<Finding>();
        var cudaGpus = new List<string>();

        if (options.Wants("nvml"))
            Add(sources, NvmlEnergySource.Open(options, time, reasons, findings, cudaGpus));
        else
            reasons.Add(NotSelected(EnergyDomain.Gpu));

        if (!options.Cpu)
            reasons.Add(NotSelected(EnergyDomain.Cpu));
        if (!options.Dram)
            reasons.Add(NotSelected(EnergyDomain.Dram));
        var rapl = options.Wants("rapl") ? RaplEnergySource.Open(tree, time, options, reasons) : null;
        Add(sources, rapl);
        if (options.Wants("estimate"))
            Estimate(options, rapl, tree, time, sources, reasons, findings);
        return new EnergySources(sources, reasons, findings) { CudaGpus = cudaGpus };
    }

    static void Estimate(
        EnergyOptions options, RaplEnergySource? rapl, LinuxTree tree, TimeProvider time,
        List<IEnergySource> sources, List<UnavailableReason> reasons, List<Finding> findings)
    {
        bool Missing(EnergyDomain domain) => !(rapl?.Channels.Any(channel => channel.Domain == domain) ?? false);

        var cpu = options.Cpu && Missing(EnergyDomain.Cpu);
        var dram = options.Dram && Missing(EnergyDomain.Dram);
        if (!cpu && !dram)
            return;
        if (EstimateBasis.Read(tree) is not { } basis)
        {
            reasons.Add(new UnavailableReason(EnergyDomain.Cpu, null, "cpu_unknown", "the kernel does not say which processor this is, so its energy cannot even be estimated"));
            return;
        }

        var source = EstimatedEnergySource.Open(basis, tree, time, cpu, dram);
        Add(sources, source);
        if (source is not null && cpu && basis.Shared)
            findings.Add(SharedMachine(basis));
    }

    static Finding SharedMachine(EstimateBasis basis) => new(
        "cpu_estimate_shared_machine",
        FindingSeverity.Warning,
        basis.Hypervisor
            ? "CPU energy is estimated on a virtual machine, which shares its processors with others: the truth is believed to lie between a third and three times the value"
            : "CPU energy is estimated for a part of the processors: the truth is believed to lie between a third and three times the value",
        Hint: "Measure on bare metal with readable RAPL counters for a CPU energy that can be compared.",
        Data: new JsonObject
        {
            ["band_factor"] = EstimateBasis.BandFactor,
            ["visible_cpus"] = basis.VisibleCpus.Count,
            ["quota_cpus"] = basis.QuotaCpus,
            ["full_power_w"] = basis.FullPower.Value,
            ["cpu_model"] = basis.Model,
            ["cpu_model_known"] = basis.Specification is not null,
            ["hypervisor"] = basis.Hypervisor,
        });

    static UnavailableReason NotSelected(EnergyDomain domain) => new(domain, null, "not_selected", "switched off in the configuration (energy.sources, energy.cpu, energy.dram)");

    static void Add(List<IEnergySource> sources, IEnergySource? source)
    {
        if (source is not null)
            sources.Add(source);
    }
}
