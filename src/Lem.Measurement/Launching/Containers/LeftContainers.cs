using Lem.Core;

namespace Lem.Measurement.Launching.Containers;

/// <summary>Ends what a lem has, or had, running in containers.</summary>
sealed class LeftContainers(DockerProgram docker)
{
    static readonly string[] Gone = ["is not running", "no such service", "no container found"];
    static readonly TimeSpan DownPatience = TimeSpan.FromMinutes(2);

    /// <summary>Says what was done.</summary>
    /// <exception cref="LemException">It could not be ended.</exception>
    public async Task<string> EndAsync(ContainerRecord left)
    {
        if (!left.IsOfLem)
            return "left containers alone that are not lem's";
        var at = docker with { Environment = new Dictionary<string, string?>(docker.Environment) { ["DOCKER_HOST"] = left.DaemonAddress } };
        if (left.Project is { } project)
            await DownAsync(at, project, left.Folder);
        else if (left is { File: { } file, Service: { } service, ProcessFile: { } process })
            await EndProgramAsync(at, new(file, service), process);
        return left.Project is null ? $"ended what was left in the service {left.Service}" : $"ended the containers of {left.Project}";
    }

    // Where the service is gone, or its file, so is what ran in it.
    static async Task EndProgramAsync(DockerProgram docker, ComposeService service, string process)
    {
        if (!File.Exists(service.File))
            return;
        var end = await docker.AskAsync(service.Exec(["sh", "-c", ContainerScripts.EndLeft, process]), CancellationToken.None);
        if (!end.Succeeded && !Array.Exists(Gone, words => end.Error.Contains(words, StringComparison.OrdinalIgnoreCase)))
            throw DockerFailure.Explain($"what was left in the service {service.Service} of {service.File} could not be ended", end.Error);
    }

    /// <summary>Ends a project and deletes the files made for it.</summary>
    /// <exception cref="LemException">It could not be ended.</exception>
    public static async Task DownAsync(DockerProgram docker, string project, string? folder)
    {
        var down = await docker.RunAsync(ComposeService.Down(project), DownPatience, CancellationToken.None);
        if (!down.Succeeded)
            throw DockerFailure.Explain($"the containers of {project} could not be ended (docker compose -p {project} down)", down.Error);
        Delete(folder);
    }

    static void Delete(string? folder)
    {
        if (!Directory.Exists(folder))
            return;
        foreach (var name in ComposeLauncher.Files)
            File.Delete(Path.Combine(folder, name));
        Directory.Delete(folder);
    }
}
