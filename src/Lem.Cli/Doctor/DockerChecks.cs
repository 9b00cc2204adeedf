using Lem.Cli.Machine;

namespace Lem.Cli.Doctor;

/// <summary>Whether engines can run in containers. None is needed to measure, so that nothing here fails.</summary>
static class DockerChecks
{
    public static IEnumerable<Check> Of(DockerFacts? facts)
    {
        if (facts is null)
            yield break;
        if (facts.Program is not { } program)
        {
            yield return new("docker", CheckStatus.Info, "not found: engines run on this machine itself, or at an address", "For engines in containers, install Docker Engine and its Compose plugin (docs/deployment.md).");
            yield break;
        }

        yield return new("docker", CheckStatus.Pass, program);
        yield return Part("docker engine", facts.Engine);
        yield return Part("docker compose", facts.Compose);
    }

    static Check Part(string name, DockerPart? part) => part is { Version: { } version }
        ? new(name, CheckStatus.Pass, version)
        : new(name, CheckStatus.Warning, part?.Problem ?? "not asked", part?.Fix);
}
