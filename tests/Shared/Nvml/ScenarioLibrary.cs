using System.Collections.Concurrent;
using System.Diagnostics;

namespace Lem.Tests.Shared.Nvml;

/// <summary>Compiles <c>nvml_scenarios.c</c>, once per process and kind of driver.</summary>
static class ScenarioLibrary
{
    static readonly ConcurrentDictionary<bool, Lazy<string>> Built = new();

    /// <summary>Path of the compiled library. Needs gcc.</summary>
    public static string Build(bool oldDriver = false) =>
        Built.GetOrAdd(oldDriver, old => new(() => Compile(old ? "old" : "new", old ? ["-DLEM_OLD_DRIVER"] : []))).Value;

    /// <summary>A folder that holds the library under NVML's own name: as <c>LD_LIBRARY_PATH</c> it gives a real process these GPUs.</summary>
    public static string Folder(string parent)
    {
        var folder = Directory.CreateDirectory(Path.Combine(parent, "nvml")).FullName;
        File.Copy(Build(), Path.Combine(folder, "libnvidia-ml.so.1"), overwrite: true);
        return folder;
    }

    static string Compile(string name, IEnumerable<string> options)
    {
        var source = Path.Combine(Repository.Root, "tests/Shared/Nvml/nvml_scenarios.c");
        var library = Path.Combine(AppContext.BaseDirectory, $"nvml-scenarios-{name}-{Environment.ProcessId}.so");
        var command = new ProcessStartInfo("gcc", ["-shared", "-fPIC", "-O2", "-Wall", "-Wextra", "-Werror", .. options, "-o", library, source, "-lm", "-lpthread"])
        {
            RedirectStandardError = true,
        };
        using var compiler = Process.Start(command)!; // Start with a file name gives a process or throws.
        var errors = compiler.StandardError.ReadToEnd();
        compiler.WaitForExit();
        return compiler.ExitCode == 0 ? library : throw new InvalidOperationException(errors);
    }
}
