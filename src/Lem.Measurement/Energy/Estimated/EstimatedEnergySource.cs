using Lem.Core.Results;
using Lem.Measurement.Linux;
using Microsoft.Win32.SafeHandles;

namespace Lem.Measurement.Energy.Estimated;

/// <summary>
/// Energy of processors and memory by a model, where nothing measures it: E(t) = P_full · (0.12·t + 0.88·busy(t) ÷ CPUs), so that its sum
/// does not depend on when it is read.
/// </summary>
sealed class EstimatedEnergySource : IEnergySource
{
    // The kernel accounts CPU time in ticks of 10 ms.
    static readonly TimeSpan CpuPeriod = TimeSpan.FromMilliseconds(10);

    readonly TimeProvider _time;
    readonly EstimateBasis _basis;
    readonly SafeFileHandle? _busyFile;
    readonly bool _groupUsage;
    readonly double _busyCpus;
    readonly bool[] _chosen;
    readonly byte[] _text;
    readonly List<EnergyChannel> _channels = [];
    readonly long _start;
    readonly double _busyAtStart;

    EstimatedEnergySource(EstimateBasis basis, LinuxTree tree, TimeProvider time, bool cpu, bool dram)
    {
        (_basis, _time) = (basis, time);
        _chosen = new bool[basis.VisibleCpus.Count > 0 ? basis.VisibleCpus[^1] + 1 : 0];
        foreach (var visible in basis.VisibleCpus)
            _chosen[visible] = true;

        // A line of /proc/stat is at most ≈ 130 bytes; the lines of the CPUs come first.
        _text = new byte[256 + (160 * (_chosen.Length + 1))];
        // Without the group's own account the busy share of all visible CPUs stands for that of the quota.
        var usage = cpu && basis.QuotaBinds && CgroupLimits.Read(tree).UsageFile is { } group ? TryOpen(tree.PathOf(group)) : null;
        (_groupUsage, _busyCpus) = (usage is not null, usage is not null ? basis.EffectiveCpus : basis.VisibleCpus.Count);
        if (cpu && (usage ?? TryOpen(tree.PathOf("proc/stat"))) is { } file)
        {
            _busyFile = file;
            _channels.Add(new EnergyChannel(EnergyDomain.Cpu, "cpu:0", EnergyMethod.Estimated, CpuPeriod, null, null, Name, CpuNote(basis), EstimateBasis.BandFactor));
        }

        if (dram && basis.MemoryPower is { } power)
            _channels.Add(new EnergyChannel(
                EnergyDomain.Dram, "dram:0", EnergyMethod.Estimated, TimeSpan.Zero, null, null, Name,
                $"constant {power.Value:0.##} W: 0.375 W per GiB of memory", EstimateBasis.BandFactor));
        _start = time.GetTimestamp();
        _busyAtStart = _busyFile is null ? double.NaN : BusySeconds();
    }

    public string Name => "estimate";

    public IReadOnlyList<EnergyChannel> Channels => _channels;

    /// <summary>Null where not even an estimate can be made.</summary>
    public static EstimatedEnergySource? Open(EstimateBasis basis, LinuxTree tree, TimeProvider time, bool cpu, bool dram)
    {
        var source = new EstimatedEnergySource(basis, tree, time, cpu, dram);
        if (source._channels.Count > 0)
            return source;
        source.Dispose();
        return null;
    }

    public void Read(Span<EnergyReading> readings)
    {
        for (var i = 0; i < readings.Length; i++)
        {
            var before = _time.GetTimestamp();
            var cpu = _channels[i].Domain is EnergyDomain.Cpu;
            var busy = cpu ? BusySeconds() - _busyAtStart : 0;
            var after = _time.GetTimestamp();
            var seconds = _time.GetElapsedTime(_start, after).TotalSeconds;
            var joules = cpu
                ? _basis.FullPower.Value * ((EstimateBasis.IdleShare * seconds) + ((1 - EstimateBasis.IdleShare) * busy / _busyCpus))
                : _basis.MemoryPower?.Value * seconds ?? double.NaN;
            readings[i] = new EnergyReading(before, after, joules, double.NaN, double.IsNaN(joules) ? ReadFailure.Unreadable : ReadFailure.None);
        }
    }

    public void Dispose() => _busyFile?.Dispose();

    double BusySeconds()
    {
        try
        {
            var text = _text.AsSpan(0, RandomAccess.Read(_busyFile!, _text, 0)); // opened, or there is no CPU channel
            return _groupUsage ? BusyTime.FromUsage(text) : BusyTime.FromStat(text, _chosen);
        }
        catch (IOException)
        {
            return double.NaN;
        }
        catch (UnauthorizedAccessException)
        {
            return double.NaN;
        }
    }

    static SafeFileHandle? TryOpen(string path)
    {
        try
        {
            return File.OpenHandle(path);
        }
        catch (IOException)
        {
            return null;
        }
        catch (UnauthorizedAccessException)
        {
            return null;
        }
    }

    static string CpuNote(EstimateBasis basis) => basis is { Specification: { } known, Packages: { } packages }
        ? FormattableString.Invariant($"{packages:0.###} of {basis.Model} (TDP {known.DesignPowerWatts} W, {known.Threads} threads) × (0.12 + 0.88 × utilisation)")
        : FormattableString.Invariant($"processor not in the table ({basis.Model ?? "unnamed"}): {basis.EffectiveCpus:0.##} CPUs × 4 W × (0.12 + 0.88 × utilisation)");
}
