using Lem.Core.Results.Programs;

namespace Lem.Measurement.Programs;

/// <summary>What the children of this process have taken so far: those that have ended, with the processes they waited for.</summary>
/// <param name="MaxResidentBytes">Most memory of any one of them, ever.</param>
readonly record struct ChildResources(TimeSpan UserCpu, TimeSpan SystemCpu, long MaxResidentBytes)
{
    /// <summary>Null where the system does not tell.</summary>
    public static ChildResources? Now()
    {
        if (!OperatingSystem.IsLinux() || ProgramNative.GetResourceUse(ProgramNative.Children, out var use) != 0)
            return null;
        return new(
            Span(use.UserSeconds, use.UserMicroseconds), Span(use.SystemSeconds, use.SystemMicroseconds), use.MaxResidentKilobytes * 1024);
    }

    /// <summary>What was taken between two looks; the memory is that of the largest child ever, which is the program's where it is the only one.</summary>
    /// <param name="ownPeakBytes">Most memory of lem itself when it made the child: what a child began with, so that less cannot be seen.</param>
    public static ProgramUse Between(ChildResources? before, ChildResources? after, TimeSpan window, long ownPeakBytes)
    {
        if (before is not { } first || after is not { } last)
            return new(null, null, null, null);
        var (user, system) = (last.UserCpu - first.UserCpu, last.SystemCpu - first.SystemCpu);
        return new(
            user.TotalSeconds,
            system.TotalSeconds,
            window > TimeSpan.Zero ? (user + system) / window : null,
            last.MaxResidentBytes > ownPeakBytes ? last.MaxResidentBytes : null,
            last.MaxResidentBytes > ownPeakBytes ? null : ownPeakBytes);
    }

    static TimeSpan Span(long seconds, long microseconds) => TimeSpan.FromSeconds(seconds) + TimeSpan.FromMicroseconds(microseconds);
}
