using Lem.Core;

namespace Lem.Measurement.Launching.Containers;

/// <summary>Finds out whether an engine can run in a container here. Starts nothing.</summary>
public sealed class ContainerSearch(DockerProgram docker)
{
    /// <exception cref="LemException">It cannot, with what to do about it.</exception>
    public async Task<ContainerPlace> FindAsync(string file, string name, CancellationToken cancellationToken)
    {
        var daemon = await DaemonAsync(cancellationToken);
        await ComposeVersionAsync(cancellationToken);
        if (!File.Exists(file))
            throw new LemException($"{file}: there is no such compose file", "Correct docker.compose_file.");
        var service = new ComposeService(file, name);
        var definition = await DefinitionAsync(service, cancellationToken);
        var container = await RunningContainerAsync(service, cancellationToken);
        CheckUsable(service, definition, isUp: container is not null);
        var digest = container is null ? await ImageAsync(service, definition, cancellationToken) : await DigestAsync(container, cancellationToken);
        return new(docker, service, definition, container is not null, digest, daemon.Address);
    }

    /// <summary>The daemon, which is on this machine and answers.</summary>
    /// <exception cref="LemException">It is elsewhere, or does not answer.</exception>
    public async Task<(string Address, string Version)> DaemonAsync(CancellationToken cancellationToken)
    {
        var context = await docker.AskAsync(["context", "inspect", "--format", "{{.Endpoints.docker.Host}}"], cancellationToken);
        if (!context.Succeeded)
            throw DockerFailure.Explain("docker does not say where its daemon is (docker context inspect)", context.Error);
        var address = context.Out.Trim();
        if (!address.StartsWith("unix://", StringComparison.Ordinal))
            throw new LemException(
                $"the Docker daemon is on another machine ({address}), whose energy lem cannot read from here",
                "Run lem on that machine; or unset DOCKER_HOST (docker context use default); or measure a server there by its address, without its energy: server.url.");
        var version = await docker.AskAsync(["version", "--format", "{{.Server.Version}}"], cancellationToken);
        return version.Succeeded ? (address, version.Out.Trim()) : throw DockerFailure.Explain("containers cannot be used", version.Error);
    }

    /// <summary>The version of the Compose plugin.</summary>
    /// <exception cref="LemException">There is none.</exception>
    public async Task<string> ComposeVersionAsync(CancellationToken cancellationToken)
    {
        var version = await docker.AskAsync(["compose", "version", "--short"], cancellationToken);
        return version.Succeeded ? version.Out.Trim() : throw DockerFailure.NoCompose();
    }

    async Task<ServiceDefinition> DefinitionAsync(ComposeService service, CancellationToken cancellationToken)
    {
        var answer = await docker.AskAsync(service.Config, cancellationToken);
        if (!answer.Succeeded || ServiceDefinition.Parse(answer.Out) is not { } config)
            throw DockerFailure.Explain($"docker does not understand {service.File}", answer.Error);
        return ServiceDefinition.Of(config, service.Service) ?? throw new LemException(
            $"{service.File} has no service {service.Service}; it has {string.Join(", ", ServiceDefinition.Services(config))}",
            "Name one of them (--set docker.service=…), or another file (docker.compose_file).");
    }

    static void CheckUsable(ComposeService service, ServiceDefinition definition, bool isUp)
    {
        if (definition is { SharesHostNetwork: false, Ports.Count: 0 })
            throw new LemException(
                $"a server in the service {service.Service} could not be reached: it neither shares this machine's network nor publishes a port under its own number",
                "Give it network_mode: host, or a range such as ports: [\"127.0.0.1:8100-8109:8100-8109\"].");
        if (!isUp && definition.ProjectVolumes is [var volume, ..])
            throw new LemException(
                $"the service {service.Service} keeps files in the volume {volume}, which every experiment would get anew and empty: lem brings services up in a project of its own",
                $"Mount a folder instead, or declare the volume with external: true; or keep the service up yourself: docker compose -f {service.File} up -d {service.Service}");
    }

    async Task<string?> RunningContainerAsync(ComposeService service, CancellationToken cancellationToken)
    {
        var answer = await docker.AskAsync(service.RunningContainer, cancellationToken);
        if (!answer.Succeeded)
            throw DockerFailure.Explain($"docker does not say whether {service.Service} runs", answer.Error);
        return answer.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).FirstOrDefault();
    }

    async Task<string> ImageAsync(ComposeService service, ServiceDefinition definition, CancellationToken cancellationToken)
    {
        if (definition.Image is null)
            throw new LemException(
                $"the service {service.Service} names no image", $"Give the service an image beside build, and make it first: docker compose -f {service.File} build {service.Service}");
        return await InspectAsync(definition.Image, cancellationToken) ?? throw new LemException(
            $"the image {definition.Image} of the service {service.Service} is not on this machine, and lem fetches none by itself: they have many gigabytes",
            $"docker compose -f {service.File} pull {service.Service}");
    }

    async Task<string> DigestAsync(string container, CancellationToken cancellationToken)
    {
        var image = await docker.AskAsync(["inspect", "--format", "{{.Image}}", container], cancellationToken);
        if (!image.Succeeded)
            throw DockerFailure.Explain("docker does not say which image the running container is of", image.Error);
        // The image may have been removed from under the container.
        return await InspectAsync(image.Out.Trim(), cancellationToken) ?? image.Out.Trim();
    }

    // The digest under which a registry has it is the same on every machine; an image made here has only its own.
    async Task<string?> InspectAsync(string image, CancellationToken cancellationToken)
    {
        var answer = await docker.AskAsync(["image", "inspect", "--format", "{{.Id}}{{range .RepoDigests}} {{.}}{{end}}", image], cancellationToken);
        if (answer.Succeeded)
            return ImageDigest.Of(answer.Out);
        return answer.Error.Contains("No such image", StringComparison.OrdinalIgnoreCase)
            ? null
            : throw DockerFailure.Explain($"docker does not say which image {image} is", answer.Error);
    }
}
