using System.Globalization;

namespace Lem.Measurement.Linux;

/// <summary>What <c>/proc/cpuinfo</c> says of the processors the kernel runs.</summary>
/// <param name="Model">Model name as the processor or the hypervisor gives it.</param>
/// <param name="LogicalCpus">Threads the kernel sees.</param>
/// <param name="PhysicalCores">Distinct (package, core) pairs; null where the kernel does not tell.</param>
/// <param name="Sockets">Distinct packages; null where the kernel does not tell.</param>
/// <param name="Microcode">Revision, as text: <c>0x2b000590</c>.</param>
/// <param name="Megahertz">Mean of the momentary clocks; null where the kernel does not tell.</param>
/// <param name="Hypervisor">The processor says that it is a guest's.</param>
public sealed record CpuInfo(
    string? Model,
    int LogicalCpus,
    int? PhysicalCores,
    int? Sockets,
    string? Microcode,
    double? Megahertz,
    bool Hypervisor)
{
    public static CpuInfo Parse(string text)
    {
        string? model = null, microcode = null;
        var logical = 0;
        var hypervisor = false;
        var cores = new HashSet<(string Package, string Core)>();
        var packages = new HashSet<string>();
        var clocks = new List<double>();
        var package = "0";
        foreach (var line in text.Split('\n'))
        {
            if (line.Split(':', 2, StringSplitOptions.TrimEntries) is not [var key, var value])
                continue;
            switch (key)
            {
                case "processor" when int.TryParse(value, out _):
                    logical++;
                    break;
                case "model name" or "Model" or "cpu model":
                    model ??= value;
                    break;
                case "microcode":
                    microcode ??= value;
                    break;
                case "cpu MHz" when double.TryParse(value, CultureInfo.InvariantCulture, out var clock):
                    clocks.Add(clock);
                    break;
                case "physical id":
                    package = value;
                    packages.Add(value);
                    break;
                case "core id":
                    cores.Add((package, value));
                    break;
                case "flags":
                    hypervisor |= value.Split(' ').Contains("hypervisor");
                    break;
            }
        }

        return new CpuInfo(
            model,
            logical,
            cores.Count > 0 ? cores.Count : null,
            packages.Count > 0 ? packages.Count : null,
            microcode,
            clocks.Count > 0 ? clocks.Average() : null,
            hypervisor);
    }
}
