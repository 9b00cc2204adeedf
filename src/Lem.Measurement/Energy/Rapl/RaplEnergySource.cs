using Lem.Core.Results;
using Lem.Core.Units;
using Lem.Measurement.Linux;
using Microsoft.Win32.SafeHandles;

namespace Lem.Measurement.Energy.Rapl;

/// <summary>Energy counters of processor packages and memory, from powercap files held open.</summary>
sealed class RaplEnergySource : IEnergySource
{
    /// <summary>The rule that lets users read the counters, root-only since CVE-2020-8694.</summary>
    public const string UdevRule =
        "SUBSYSTEM==\"powercap\", ACTION==\"add\", RUN+=\"/bin/chmod a+r /sys%p/energy_uj\"";

    // The counters advance about once a millisecond.
    static readonly TimeSpan UpdatePeriod = TimeSpan.FromMilliseconds(1);

    readonly TimeProvider _time;
    readonly List<(SafeFileHandle File, RaplCounter Counter)> _zones = [];
    readonly List<EnergyChannel> _channels = [];
    readonly byte[] _digits = new byte[32];

    RaplEnergySource(TimeProvider time) => _time = time;

    public string Name => "rapl";

    public IReadOnlyList<EnergyChannel> Channels => _channels;

    /// <summary>Opens what can be opened; null, with reasons, where that is nothing.</summary>
    public static RaplEnergySource? Open(LinuxTree tree, TimeProvider time, EnergyOptions options, ICollection<UnavailableReason> reasons)
    {
        var source = new RaplEnergySource(time);
        foreach (var (zone, domain, device) in RaplSelection.Choose(RaplTree.Zones(tree)))
        {
            if (domain is EnergyDomain.Cpu ? !options.Cpu : !options.Dram)
                continue;
            if (zone.RangeMicrojoules <= 0)
                reasons.Add(new UnavailableReason(domain, device, "rapl_range_unknown", $"{zone.Folder} does not say where its counter starts again"));
            else if (TryOpen(zone.EnergyFile, out var file, out var denied))
            {
                Watts? limit = zone.PowerLimitMicrowatts is { } microwatts and > 0 ? Watts.FromMicrowatts(microwatts) : null;
                source._zones.Add((file, new RaplCounter(zone.RangeMicrojoules)));
                source._channels.Add(new EnergyChannel(domain, device, EnergyMethod.Counter, UpdatePeriod, null, limit, "rapl", $"{zone.Folder} ({zone.Name})"));
            }
            else
                reasons.Add(denied
                    ? new UnavailableReason(domain, device, "rapl_denied", $"{zone.EnergyFile} may not be read by this user", $"As root, once: put this rule into /etc/udev/rules.d/90-rapl.rules and reboot: {UdevRule}")
                    : new UnavailableReason(domain, device, "rapl_unreadable", $"{zone.EnergyFile} cannot be opened"));
        }

        AddAbsent(source, options, reasons);
        if (source._zones.Count > 0)
            return source;
        source.Dispose();
        return null;
    }

    public void Read(Span<EnergyReading> readings)
    {
        for (var i = 0; i < _zones.Count; i++)
        {
            var (file, counter) = _zones[i];
            var before = _time.GetTimestamp();
            var microjoules = ReadNumber(file);
            var after = _time.GetTimestamp();
            readings[i] = microjoules is { } value
                ? new EnergyReading(before, after, counter.Advance(value).Value, double.NaN)
                : new EnergyReading(before, after, double.NaN, double.NaN, ReadFailure.Unreadable);
        }
    }

    public void Dispose()
    {
        foreach (var (file, _) in _zones)
            file.Dispose();
    }

    // A read of sysfs at offset zero computes the value anew.
    long? ReadNumber(SafeFileHandle file)
    {
        try
        {
            var length = RandomAccess.Read(file, _digits, 0);
            return System.Buffers.Text.Utf8Parser.TryParse(_digits.AsSpan(0, length), out long value, out _) ? value : null;
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

    static bool TryOpen(string path, out SafeFileHandle file, out bool denied)
    {
        denied = false;
        try
        {
            file = File.OpenHandle(path);
            return true;
        }
        catch (UnauthorizedAccessException)
        {
            denied = true;
        }
        catch (IOException)
        {
        }

        file = new SafeFileHandle();
        return false;
    }

    static void AddAbsent(RaplEnergySource source, EnergyOptions options, ICollection<UnavailableReason> reasons)
    {
        foreach (var (domain, wanted) in new[] { (EnergyDomain.Cpu, options.Cpu), (EnergyDomain.Dram, options.Dram) })
            if (wanted && !source._channels.Any(channel => channel.Domain == domain) && !reasons.Any(reason => reason.Domain == domain))
                reasons.Add(new UnavailableReason(
                    domain,
                    null,
                    "rapl_absent",
                    domain is EnergyDomain.Cpu || source._zones.Count == 0 ? "this machine offers no RAPL energy counters (virtual machines seldom do)" : "this machine's RAPL has no counter for memory",
                    "On bare metal, load the kernel module intel_rapl_msr."));
    }
}
