using Lem.Cli.Experiments;
using Lem.Cli.Machine;
using Lem.Core.Results.Storage;
using Lem.Measurement.Energy;
using Lem.Measurement.Engines.LlamaCpp;
using Lem.Measurement.Hosts;
using Lem.Measurement.Launching;
using Lem.Measurement.Linux;
using Lem.Measurement.Nvml;

namespace Lem.Cli.Doctor;

/// <summary>Looks at the machine, and judges nothing.</summary>
sealed class Examination(CliHost host, LinuxTree tree, string nvmlLibrary = NvmlReader.DefaultLibrary)
{
    static readonly TimeSpan TrialDuration = TimeSpan.FromSeconds(1);

    public async Task<MachineFacts> TakeAsync(ResultsDirectory results)
    {
        var programs = new ProgramPath(host.Variable("PATH"));
        using var energy = EnergyDiscovery.Discover(new(CudaVisibleDevices: host.Variable("CUDA_VISIBLE_DEVICES"), NvmlLibrary: nvmlLibrary, CudaDeviceOrder: host.Variable("CUDA_DEVICE_ORDER")), tree, host.Time);
        var meter = new EnergyMeter(energy.Sources, host.Time); // its sources are disposed of with the others
        return new(
            HostSnapshot.Take(tree, new(LemVersion.Number, LemVersion.Commit, host.Variable, pid => pid == Environment.ProcessId), host.Time, nvmlLibrary),
            new EngineSearch(programs, LlamaCppInstallation.Load).Find()[0],
            [.. energy.Channels],
            energy.Unavailable,
            FolderFacts.Probe(results.Root, host.Time),
            FolderFacts.Probe(ModelPreparation.CacheFolder(host), host.Time),
            new[] { "npm", "python3" }.ToDictionary(name => name, name => programs.Find(name)),
            host.Variable("CUDA_VISIBLE_DEVICES"),
            await SamplerTrial.RunAsync(meter, TrialDuration, host.Time),
            ClockSynchronisation.Read(),
            await DockerFacts.LookAsync(host, CancellationToken.None));
    }
}
