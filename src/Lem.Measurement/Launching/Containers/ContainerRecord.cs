using System.Text.RegularExpressions;

namespace Lem.Measurement.Launching.Containers;

/// <summary>What a lem has running in containers, written down before it is started.</summary>
/// <param name="DaemonAddress">The daemon it is at, as <c>DOCKER_HOST</c> names it.</param>
/// <param name="Project">A project that lem brought up, all of which ends with it; null where somebody else keeps the service up.</param>
/// <param name="Folder">Files made for it on this machine.</param>
/// <param name="File">With <paramref name="Service"/> and <paramref name="ProcessFile"/>: a program in a service that somebody else keeps up.</param>
/// <param name="ProcessFile">The program's line of /proc, in the container.</param>
sealed partial record ContainerRecord(
    string DaemonAddress, string? Project = null, string? Folder = null, string? File = null, string? Service = null, string? ProcessFile = null)
{
    /// <summary>How projects and folders are called that are lem's.</summary>
    public const string Prefix = "lem-engine-";

    /// <summary>A name for a project that nobody else has.</summary>
    public static string NewProject() => $"{Prefix}{Guid.NewGuid().ToString("n")[..12]}";

    public static string NewProcessFile() => $"/tmp/lem-{Guid.NewGuid():n}.stat";

    /// <summary>Only such things are named as lem makes. A record is a file that may come with a folder from anywhere: it must not end what is not lem's.</summary>
    public bool IsOfLem =>
        DaemonAddress.StartsWith("unix://", StringComparison.Ordinal)
        && (Project is null || ProjectName().IsMatch(Project))
        && (ProcessFile is null || ProcessFileName().IsMatch(ProcessFile))
        && (Folder is null || Path.GetFileName(Folder).StartsWith(Prefix, StringComparison.Ordinal));

    [GeneratedRegex("^lem-engine-[0-9a-f]{12}\\z")]
    private static partial Regex ProjectName();

    [GeneratedRegex("^/tmp/lem-[0-9a-f]{32}\\.stat\\z")]
    private static partial Regex ProcessFileName();
}
