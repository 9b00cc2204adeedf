using System.Text.Json;
using Lem.Core;
using Lem.Core.Results;
using Lem.Core.Results.Environments;
using Lem.Core.Results.Storage;

namespace Lem.Measurement.Energy.Baselines;

/// <summary>
/// Driver-idle powers that were measured before, in one file that all lem processes of a user share. What is old, damaged or of another
/// state of the machine is passed over; a cache that cannot be written costs a finding and nothing else.
/// </summary>
/// <param name="path">The file; it need not exist.</param>
/// <param name="machineId">What tells this machine from others that may share the folder.</param>
public sealed class BaselineCache(string path, string machineId, TimeProvider time)
{
    // A writer holds the lock for milliseconds; one that takes longer is stuck, and the entry is given up.
    static readonly TimeSpan LockPatience = TimeSpan.FromSeconds(2);

    // Entries of machines and drivers that are gone.
    static readonly TimeSpan KeptFor = TimeSpan.FromDays(30);

    public string Path => path;

    /// <summary>
    /// The idle of every measured device from the cache, each with its age; null where one of them has none, since they are then all
    /// measured in one stretch.
    /// </summary>
    /// <param name="duration">A stretch that was shorter is not taken for it.</param>
    /// <param name="maxAge">Time to live.</param>
    public IdleBaseline? Find(IReadOnlyList<EnergyChannel> channels, EnvironmentSnapshot machine, TimeSpan duration, TimeSpan maxAge)
    {
        var entries = Read().Where(entry => Age(entry) is var age && age >= TimeSpan.Zero && age <= maxAge && entry.DurationSec >= duration.TotalSeconds)
            .ToDictionary(entry => entry.Key, StringComparer.Ordinal);
        var powers = new List<IdlePower>();
        foreach (var channel in channels)
        {
            if (channel.Method is EnergyMethod.Estimated)
                powers.Add(new IdlePower(channel, null, null, 0, 0, TimeSpan.Zero, false, IdlePower.EstimatedReason));
            else if (entries.GetValueOrDefault(BaselineKey.Of(machineId, channel, machine)) is { } entry)
                powers.Add(new IdlePower(
                    channel, entry.PowerW, entry.VarianceW2, entry.Samples, SettledRule.Blocks, TimeSpan.FromSeconds(entry.DurationSec), true, null, "cached", Age(entry)));
            else
                return null;
        }

        return powers.Exists(power => power.Mean is not null) ? new IdleBaseline(powers, TimeSpan.Zero, []) : null;
    }

    /// <summary>Keeps the settled powers of a baseline just measured, in place of earlier ones.</summary>
    /// <returns>A finding where they could not be kept.</returns>
    public async Task<Finding?> StoreAsync(IdleBaseline baseline, EnvironmentSnapshot machine, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var fresh = new List<BaselineEntry>();
        foreach (var idle in baseline.Channels)
            if (idle is { Settled: true, Method: "fresh", Mean: { } mean })
                fresh.Add(new BaselineEntry(
                    BaselineKey.Of(machineId, idle.Channel, machine), idle.Channel.Device, mean, idle.VarianceOfMean ?? 0, idle.Samples, idle.Duration.TotalSeconds, now));
        return fresh.Count == 0 ? null : await ChangeAsync(
            old => [.. old.Where(entry => fresh.TrueForAll(f => f.Key != entry.Key) && now - entry.MeasuredAt < KeptFor), .. fresh], cancellationToken);
    }

    /// <summary>Empties the cache.</summary>
    /// <returns>How many powers it held.</returns>
    /// <exception cref="LemException">It cannot be written.</exception>
    public async Task<int> ForgetAsync(CancellationToken cancellationToken)
    {
        var count = Read().Count;
        if (count > 0 && await ChangeAsync(_ => [], cancellationToken) is { } failed)
            throw new LemException(failed.Message, failed.Hint ?? "");
        return count;
    }

    TimeSpan Age(BaselineEntry entry) => time.GetUtcNow() - entry.MeasuredAt;

    IReadOnlyList<BaselineEntry> Read()
    {
        try
        {
            var file = JsonSerializer.Deserialize(File.ReadAllBytes(path), BaselineJson.Default.BaselineFile);
            return file is { SchemaVersion: BaselineFile.Schema } ? [.. file.Entries.Where(IsSane).DistinctBy(entry => entry.Key)] : [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            // Not there, or damaged: what is in it can be measured again.
            return [];
        }
    }

    static bool IsSane(BaselineEntry? entry) =>
        entry is not null && double.IsFinite(entry.PowerW.Value) && entry.PowerW.Value >= 0 && double.IsFinite(entry.VarianceW2) && entry.VarianceW2 >= 0;

    // Read, changed and replaced under a lock, so that two that measured different devices both find their entries afterwards.
    async Task<Finding?> ChangeAsync(Func<IReadOnlyList<BaselineEntry>, IReadOnlyList<BaselineEntry>> change, CancellationToken cancellationToken)
    {
        try
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))!); // a file always has a folder
            using var held = await FileLock.HoldAsync(path, time, LockPatience, cancellationToken);
            AtomicFile.Write(path, JsonSerializer.SerializeToUtf8Bytes(new BaselineFile(BaselineFile.Schema, change(Read())), BaselineJson.Default.BaselineFile));
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or LemException)
        {
            return NotKept(e.Message);
        }
    }

    Finding NotKept(string why) => new(
        "baseline_not_cached",
        FindingSeverity.Info,
        $"the idle power cannot be kept for later runs: {why}",
        "idle",
        "Make the cache folder writable, or choose another with the variable XDG_CACHE_HOME; baseline.cache_ttl_sec: 0 does without a cache.",
        new() { ["path"] = path });
}
