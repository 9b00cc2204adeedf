namespace Lem.Measurement.Launching.Containers;

/// <summary>What one call of docker came to.</summary>
public sealed record DockerAnswer(int ExitCode, string Out, string Error)
{
    public bool Succeeded => ExitCode == 0;
}
