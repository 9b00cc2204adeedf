using Lem.Core;

namespace Lem.Measurement.Launching.Containers;

/// <summary>Ends what a lem has, or had, running in containers.</summary>
sealed class LeftContainers(DockerProgram docker)
{
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
            // Where the service is gone, or its file, so is what ran in it.
            await at.AskAsync(new ComposeService(file, service).Exec(["sh", "-c", ContainerScripts.EndLeft, process]), CancellationToken.None);
        return left.Project is null ? $"ended what was left in the service {left.Service}" : $"ended the containers of {left.Project}";
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
