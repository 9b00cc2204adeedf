using Lem.Core;
using Lem.Measurement.Engines.LlamaCpp.Native;

namespace Lem.Measurement.Engines.LlamaCpp;

/// <summary>The embedded llama.cpp as it is installed here.</summary>
/// <param name="Folder">Where its libraries lie.</param>
/// <param name="Version">Its version, with that of its ggml.</param>
/// <param name="Features">What its backends use of the processor: AVX2, F16C, …</param>
/// <param name="Devices">What it can compute on.</param>
public sealed record LlamaCppInstallation(string Folder, string Version, IReadOnlyList<string> Features, IReadOnlyList<LlamaCppDevice> Devices)
{
    /// <summary>The version this lem is made for.</summary>
    public const string WantedVersion = LlamaLibrary.WantedVersion;

    /// <summary>Loads the library; it stays in the process.</summary>
    /// <exception cref="LemException">There is none, or it cannot be used; the hint says what to do.</exception>
    public static LlamaCppInstallation Load()
    {
        var library = LlamaLibrary.Load();
        return new(
            library.Folder,
            library.Version,
            FeaturesOf(library.SystemInfo),
            [.. library.Devices.Select(device => new LlamaCppDevice(device.Name, device.Description, device.IsGpu))]);
    }

    /// <summary>Names of what is switched on in a line like <c>CPU : SSE3 = 1 | AVX512 = 0 | OPENMP = 1 |</c>.</summary>
    internal static IReadOnlyList<string> FeaturesOf(string systemInfo) =>
    [
        .. systemInfo.Split('|', ':')
            .Select(part => part.Split('=', StringSplitOptions.TrimEntries))
            .Where(pair => pair is [not "", not ("0" or "")])
            .Select(pair => pair[1] == "1" ? pair[0] : $"{pair[0]}={pair[1]}"),
    ];
}
