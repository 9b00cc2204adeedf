using System.Globalization;
using Lem.Reporting;

namespace Lem.Cli.Doctor;

/// <summary>Whether this machine lets the sampler be punctual, its sensors answer fast, and its clocks be believed.</summary>
static class SamplingChecks
{
    // At the fastest rate, 10 ms, a read of all GPUs has to fit between two ticks.
    static readonly TimeSpan SlowRead = TimeSpan.FromMilliseconds(2);

    public static IEnumerable<Check> Of(MachineFacts facts)
    {
        if (facts.Sampling is { } trial)
        {
            yield return Sampler(trial);
            if (trial.NvmlReadMedian is { } read)
                yield return NvmlRead(read);
        }

        yield return WallClock(facts.ClockSynchronised);
    }

    static Check Sampler(SamplerTrial trial)
    {
        var overhead = trial.Overhead;
        var message = string.Create(
            CultureInfo.InvariantCulture,
            $"{overhead.Ticks} ticks of {overhead.Period.TotalMilliseconds:0} ms in a trial, p99 {Milliseconds(overhead.LatenessP99)} late, {overhead.Missed} missed");
        return overhead.Missed == 0 && overhead.LatenessP99 < overhead.Period / 2
            ? new("sampler", CheckStatus.Pass, message)
            : new("sampler", CheckStatus.Warning, $"{message}: other programs keep it from its processor", "End them, or leave a processor to lem (taskset, cpuset).");
    }

    static Check NvmlRead(TimeSpan read) => read < SlowRead
        ? new("NVML read", CheckStatus.Pass, $"{Figures.Si(read.TotalSeconds, "s")} for one GPU, in the median")
        : new(
            "NVML read", CheckStatus.Warning, $"{Figures.Si(read.TotalSeconds, "s")} for one GPU, in the median: short windows lose precision",
            "Switch persistence mode on (nvidia-smi -pm 1), and end other programs that poll the GPUs.");

    static Check WallClock(bool? synchronised) => synchronised switch
    {
        true => new("wall clock", CheckStatus.Pass, "kept in step by NTP or the like"),
        null => new("wall clock", CheckStatus.Info, "the kernel does not tell whether it is kept in step"),
        false => new(
            "wall clock", CheckStatus.Info, "nothing keeps it in step: energies do not need it, but times of day in results of several machines will not agree",
            "timedatectl set-ntp true, or install chrony."),
    };

    static string Milliseconds(TimeSpan time) => Figures.Si(time.TotalSeconds, "s");
}
