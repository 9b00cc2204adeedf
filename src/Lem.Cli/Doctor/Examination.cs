using Lem.Cli.Experiments;
using Lem.Cli.Machine;
using Lem.Core.Results.Storage;
using Lem.Measurement.Energy;
using Lem.Measurement.Engines.LlamaCpp;
using Lem.Measurement.Hosts;
using Lem.Measurement.Linux;

namespace Lem.Cli.Doctor;

/// <summary>Looks at the machine, and judges nothing.</summary>
sealed class Examination(CliHost host, LinuxTree tree)
{
    public MachineFacts Take(ResultsDirectory results)
    {
        var programs = new InstalledPrograms(host.Variable("PATH"));
        using var energy = EnergyDiscovery.Discover(new(CudaVisibleDevices: host.Variable("CUDA_VISIBLE_DEVICES"), Sources: "nvml,rapl"), tree, host.Time);
        return new(
            HostSnapshot.Take(tree, new(LemVersion.Number, LemVersion.Commit, host.Variable, [Environment.ProcessId]), host.Time),
            new EngineSearch(programs, LlamaCppInstallation.Load).Find()[0],
            [.. energy.Channels],
            energy.Unavailable,
            FolderFacts.Probe(results.Root),
            FolderFacts.Probe(ModelPreparation.CacheFolder(host)),
            new[] { "npm", "python3", "docker" }.ToDictionary(name => name, name => programs.Find(name)),
            host.Variable("CUDA_VISIBLE_DEVICES"));
    }
}
