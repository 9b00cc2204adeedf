using System.Diagnostics;
using System.Runtime.InteropServices;
using Lem.Tests.Shared;

namespace Lem.Tests.Measurement.Nvml;

/// <summary>
/// <c>nvml_fake.c</c>, compiled once and loaded under a name of its own for each test, so that each has its own GPUs and its own clock.
/// </summary>
sealed unsafe class NvmlFake : IDisposable
{
    static readonly Lazy<string> Newest = new(() => Compile("new", []));
    static readonly Lazy<string> Oldest = new(() => Compile("old", ["-DLEM_FAKE_OLD_DRIVER"]));

    readonly nint _library;

    public NvmlFake(bool oldDriver = false)
    {
        Path = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"lem-nvml-{Guid.NewGuid():N}.so");
        File.Copy(oldDriver ? Oldest.Value : Newest.Value, Path);
        _library = NativeLibrary.Load(Path);
        ((delegate* unmanaged<void>)Export("lem_fake_reset"))();
    }

    /// <summary>The library to give to the code under test.</summary>
    public string Path { get; }

    public static string Uuid(int device) => $"GPU-00000000-0000-0000-0000-00000000000{device}";

    public void SetTime(long nanoseconds) => ((delegate* unmanaged<ulong, void>)Export("lem_fake_set_time_ns"))((ulong)nanoseconds);

    public void SetPower(int device, double watts) => ((delegate* unmanaged<int, double, void>)Export("lem_fake_set_power"))(device, watts);

    public double TrueJoules(int device) => ((delegate* unmanaged<int, double>)Export("lem_fake_true_joules"))(device);

    public void SetInitAnswer(int answer) => ((delegate* unmanaged<int, void>)Export("lem_fake_set_init_answer"))(answer);

    public void SetFailure(int device, int answer) => ((delegate* unmanaged<int, int, void>)Export("lem_fake_set_failure"))(device, answer);

    public void SetReasons(int device, ulong bits) => ((delegate* unmanaged<int, ulong, void>)Export("lem_fake_set_reasons"))(device, bits);

    /// <param name="cause">0 software thermal, 1 hardware thermal, 2 power brake, 3 power cap.</param>
    public void SetThrottled(int device, int cause, long nanoseconds) =>
        ((delegate* unmanaged<int, int, ulong, void>)Export("lem_fake_set_throttled_ns"))(device, cause, (ulong)nanoseconds);

    public void SetTemperature(int device, int celsius) => ((delegate* unmanaged<int, uint, void>)Export("lem_fake_set_temperature"))(device, (uint)celsius);

    public void SetProcess(int device, int pid) => ((delegate* unmanaged<int, uint, void>)Export("lem_fake_set_process"))(device, (uint)pid);

    public void RemoveCounter(int device) => ((delegate* unmanaged<int, int, void>)Export("lem_fake_set_counter"))(device, 0);

    public void ResetCounter(int device) => ((delegate* unmanaged<int, void>)Export("lem_fake_reset_counter"))(device);

    /// <summary>Bytes of a structure as the C compiler lays it out: 0 field value, 1 memory v2, 2 PCI, 3 process.</summary>
    public int SizeOf(int which) => ((delegate* unmanaged<int, int>)Export("lem_fake_size_of"))(which);

    public void Dispose()
    {
        NativeLibrary.Free(_library);
        File.Delete(Path);
    }

    nint Export(string name) => NativeLibrary.GetExport(_library, name);

    static string Compile(string name, IEnumerable<string> options)
    {
        var gcc = Parts.RequireProgram("gcc", "install gcc to build the scenario library that stands in for NVML");
        var source = System.IO.Path.Combine(Repository.Root, "tests/Lem.Tests/Measurement/Nvml/nvml_fake.c");
        var library = System.IO.Path.Combine(AppContext.BaseDirectory, $"nvml-fake-{name}-{Environment.ProcessId}.so");
        using var compiler = Process.Start(new ProcessStartInfo(gcc, ["-shared", "-fPIC", "-O1", "-Wall", "-Werror", .. options, "-o", library, source])
        {
            RedirectStandardError = true,
        })!; // Start with a file name gives a process or throws.
        var errors = compiler.StandardError.ReadToEnd();
        compiler.WaitForExit();
        return compiler.ExitCode == 0 ? library : throw new InvalidOperationException(errors);
    }
}
