namespace Lem.Measurement.Launching.Containers;

/// <summary>What a lem has running in containers, written down before it is started.</summary>
/// <param name="DaemonAddress">The daemon it is at, as <c>DOCKER_HOST</c> names it.</param>
/// <param name="Project">A project that lem brought up, all of which ends with it; null where somebody else keeps the service up.</param>
/// <param name="Folder">Files made for it on this machine.</param>
/// <param name="File">With <paramref name="Service"/> and <paramref name="ProcessFile"/>: a program in a service that somebody else keeps up.</param>
/// <param name="ProcessFile">The program's line of /proc, in the container.</param>
sealed record ContainerRecord(
    string DaemonAddress, string? Project = null, string? Folder = null, string? File = null, string? Service = null, string? ProcessFile = null);
