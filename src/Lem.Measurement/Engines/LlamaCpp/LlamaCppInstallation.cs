using Lem.Core;
using Lem.Measurement.Engines.LlamaCpp.Native;

namespace Lem.Measurement.Engines.LlamaCpp;

/// <summary>The llama.cpp that runs here, without any model.</summary>
/// <param name="Folder">Where its libraries are.</param>
/// <param name="Devices">What it can compute on, as <c>CPU: Intel(R) Xeon(R)</c>.</param>
/// <param name="SystemInfo">Instruction sets and features its backends use on this machine.</param>
public sealed record LlamaCppInstallation(string Folder, string Version, IReadOnlyList<string> Devices, string SystemInfo)
{
    /// <summary>Loads the library into this process, where it then stays.</summary>
    /// <exception cref="LemException">It is not installed, or not the version this program was written for.</exception>
    public static LlamaCppInstallation Find()
    {
        var library = LlamaLibrary.Load();
        return new(
            library.Folder,
            library.Version,
            [.. library.Devices.Select(device => $"{device.Name}: {device.Description}")],
            library.SystemInfo.Trim(' ', '|'));
    }
}
