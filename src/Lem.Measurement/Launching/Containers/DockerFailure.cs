using Lem.Core;

namespace Lem.Measurement.Launching.Containers;

/// <summary>Why docker refused, by what it says then, and what to do about it.</summary>
static class DockerFailure
{
    const string Plugin = "Install it: the package docker-compose-plugin (Docker's own repository), docker-compose-v2 (Ubuntu) or docker-compose (Debian 13 and later).";

    static readonly (string[] Words, string Cause, string Hint)[] Known =
    [
        (["permission denied", "socket"], "you may not speak to the Docker daemon", "Join the group docker (sudo usermod -aG docker $USER, then log in anew), or use rootless Docker."),
        (["Cannot connect to the Docker daemon"], "the Docker daemon does not answer", "Start it (sudo systemctl start docker), or correct DOCKER_HOST."),
        (["failed to connect to the docker API"], "the Docker daemon does not answer", "Start it (sudo systemctl start docker), or correct DOCKER_HOST."),
        (["error during connect"], "the Docker daemon does not answer", "Start it (sudo systemctl start docker), or correct DOCKER_HOST."),
        (["could not select device driver"], "Docker cannot give GPUs to containers", "Install the NVIDIA Container Toolkit, then: sudo nvidia-ctk runtime configure --runtime=docker && sudo systemctl restart docker"),
        (["unresolvable CDI devices"], "Docker cannot give GPUs to containers", "Install the NVIDIA Container Toolkit, then: sudo nvidia-ctk cdi generate --output=/etc/cdi/nvidia.yaml"),
        (["port is already allocated"], "a port that the service publishes is taken", "docker ps shows who has it; end that, or let the service publish another range."),
        (["address already in use"], "a port that the service publishes is taken", "End the program that has it, or let the service publish another range."),
        (["is already in use by container"], "a container with that name is there already", "Take container_name out of the compose file: every experiment brings up a container of its own."),
        (["No such image"], "its image is not on this machine", "Fetch it first: docker compose -f FILE pull SERVICE"),
        (["no such service"], "the compose file has no such service", "Name one that it has: docker.service."),
        (["no space left on device"], "the disk of Docker's images and containers is full", "Free some of it: docker system df shows what takes it."),
    ];

    /// <summary>Without its plugin docker takes "compose" for no command, or for none of its own, in other words with every version.</summary>
    public static LemException NoCompose() => new("containers cannot be used: the Compose plugin of docker is missing (docker compose version)", Plugin);

    /// <summary>The container is not there any more, nor what ran in it.</summary>
    public static bool SaysGone(string said) =>
        said.Contains("is not running", StringComparison.OrdinalIgnoreCase) || said.Contains("No such container", StringComparison.OrdinalIgnoreCase);

    /// <param name="what">What failed, as a clause.</param>
    /// <param name="said">What docker said.</param>
    public static LemException Explain(string what, string said)
    {
        foreach (var (words, cause, hint) in Known)
            if (Array.TrueForAll(words, word => said.Contains(word, StringComparison.OrdinalIgnoreCase)))
                return new($"{what}: {cause}{Quote(said)}", hint);
        return new($"{what}{Quote(said)}", "What docker says is above; try the same by hand.");
    }

    static string Quote(string said)
    {
        var lines = said.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).TakeLast(8).ToList();
        return lines.Count == 0 ? "" : $"\nIt said:\n{string.Join('\n', lines.Select(line => $"    {line}"))}";
    }
}
