using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Lem.Tests.Shared.Nvml;

/// <summary>
/// <c>nvml_scenarios.c</c>, loaded under a name of its own, so that each scenario has its own GPUs and its own clock. What is told holds from
/// the time that was set last.
/// </summary>
sealed unsafe class NvmlScenario : IDisposable
{
    readonly nint _library;
    readonly int _devices;
    readonly delegate* unmanaged<ulong, void> _setTime;

    /// <summary>So many A100s at 50 W, until told otherwise.</summary>
    public NvmlScenario(int devices = 2, bool oldDriver = false)
    {
        Path = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"lem-nvml-{Guid.NewGuid():N}.so");
        File.Copy(ScenarioLibrary.Build(oldDriver), Path);
        _library = NativeLibrary.Load(Path);
        _setTime = (delegate* unmanaged<ulong, void>)Export("lem_set_time_ns");
        _devices = devices;
        Begin();
    }

    /// <summary>The library to give to the code under test.</summary>
    public string Path { get; }

    public static string Uuid(int device) => $"GPU-00000000-0000-0000-0000-00000000000{device}";

    public static string MigUuid(int device, int part) => $"MIG-{device:00000000}-0000-0000-0000-00000000000{part}";

    /// <summary>Everything anew: A100s at 50 W at time zero.</summary>
    public void Begin() => ((delegate* unmanaged<int, void>)Export("lem_begin"))(_devices);

    public void SetTime(long nanoseconds) => _setTime((ulong)nanoseconds);

    /// <summary>v100, p100, a100, h100, ampere, ada or kepler: name, sensor, readings offered, power limit.</summary>
    public void Profile(int device, string name) => Tell(device, $"profile {name}");

    public void Power(int device, double watts) => Tell(device, $"watts {watts}");

    public void Ramp(int device, double fromWatts, double toWatts, double seconds) => Tell(device, $"ramp {fromWatts} {toWatts} {seconds}");

    /// <summary>Begins high.</summary>
    public void Square(int device, double lowWatts, double highWatts, double periodSeconds, double duty) =>
        Tell(device, $"square {lowWatts} {highWatts} {periodSeconds} {duty}");

    /// <summary>Any word of the scenario language: <c>phase 0.03</c>, <c>noise 2</c>, <c>fail 15</c>, <c>mig 2</c>, <c>throttle 1 0.3</c>, …</summary>
    public void Tell(int device, FormattableString what)
    {
        var line = what.ToString(CultureInfo.InvariantCulture);
        fixed (byte* text = Encoding.UTF8.GetBytes(line + '\0'))
            if (((delegate* unmanaged<int, byte*, int>)Export("lem_tell"))(device, text) == 0)
                throw new ArgumentException($"the scenario does not understand '{line}' of device {device}");
    }

    public double TrueJoules(int device, long atNanoseconds) =>
        ((delegate* unmanaged<int, ulong, double>)Export("lem_true_joules"))(device, (ulong)atNanoseconds);

    public double TrueJoules(int device, long fromNanoseconds, long toNanoseconds) => TrueJoules(device, toNanoseconds) - TrueJoules(device, fromNanoseconds);

    public void SetInitAnswer(int answer) => ((delegate* unmanaged<int, void>)Export("lem_set_init_answer"))(answer);

    public void SetCountAnswer(int answer) => ((delegate* unmanaged<int, void>)Export("lem_set_count_answer"))(answer);

    /// <summary>How often utilisation was asked for, on all devices.</summary>
    public int UtilisationCalls => ((delegate* unmanaged<int>)Export("lem_utilisation_calls"))();

    /// <summary>
    /// Bytes of a structure as the C compiler lays it out: 0 field value, 1 memory v2, 2 PCI, 3 process, 4 attributes, 5 memory, 6 utilisation, 7 violation.
    /// </summary>
    public int SizeOf(int which) => ((delegate* unmanaged<int, int>)Export("lem_size_of"))(which);

    /// <summary>Where the fields of such a structure begin, in their order.</summary>
    public IReadOnlyList<int> OffsetsOf(int which)
    {
        var offsetOf = (delegate* unmanaged<int, int, int>)Export("lem_offset_of");
        var offsets = new List<int>();
        for (int field = 0, at; (at = offsetOf(which, field)) >= 0; field++)
            offsets.Add(at);
        return offsets;
    }

    public void Dispose()
    {
        NativeLibrary.Free(_library);
        File.Delete(Path);
    }

    nint Export(string name) => NativeLibrary.GetExport(_library, name);
}
