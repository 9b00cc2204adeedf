using System.Text.Json;
using System.Text.Json.Nodes;
using Lem.Cli.Terminal;
using Lem.Core.Results.Environments;
using Lem.Measurement.Hosts;
using Lem.Measurement.Nvml;

namespace Lem.Cli.Machine;

/// <summary><c>lem gpus</c>: what the NVIDIA driver knows, or why there is nothing to know.</summary>
sealed class GpuListing(CliHost host, Messages messages, bool json, string nvmlLibrary = NvmlReader.DefaultLibrary)
{
    static readonly NvmlFailure NoGpu = new(
        "no_gpu", "the NVIDIA driver works, but shows no GPU", "In a container, start it with --gpus all; see whether nvidia-smi -L lists one.");

    public ExitCode Run()
    {
        var driver = new DriverSnapshot();
        using (var nvml = NvmlReader.Open(nvmlLibrary, out _))
            if (nvml is not null)
                driver = new(nvml.DriverVersion, nvml.LibraryVersion, nvml.CudaVersion);
        var gpus = GpuTopology.Read(nvmlLibrary, out var failure);
        if (gpus.Count == 0)
            failure ??= NoGpu;

        new Answer(host, messages, json).Write(
            () => failure is null ? string.Join('\n', GpuLines.Render(driver, gpus)) : "",
            () => Json(driver, gpus, failure));
        if (failure is null)
            return ExitCode.Success;
        messages.Error(failure.Message, failure.Hint);
        return ExitCode.MachineLacks;
    }

    // The snapshot's own form, as it stands in results.
    static JsonObject Json(DriverSnapshot driver, IReadOnlyList<GpuSnapshot> gpus, NvmlFailure? failure) => new()
    {
        ["driver"] = failure is null ? JsonSerializer.SerializeToNode(driver, EnvironmentJson.Default.DriverSnapshot) : null,
        ["gpus"] = new JsonArray([.. gpus.Select(gpu => JsonSerializer.SerializeToNode(gpu, EnvironmentJson.Default.GpuSnapshot))]),
        ["reason"] = failure is null ? null : new JsonObject { ["code"] = failure.Code, ["message"] = failure.Message, ["hint"] = failure.Hint },
    };
}
