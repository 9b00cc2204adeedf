using Lem.Core;

namespace Lem.Measurement.Launching.Containers;

/// <summary>
/// Starts programs in a container of a compose service. A service that somebody keeps up is used and left up; else it is brought up in a
/// project of its own, all of which ends with the launcher.
/// </summary>
/// <param name="entry">Where containers are entered before they are brought up.</param>
/// <param name="tell">Told where they cannot be ended.</param>
public sealed class ComposeLauncher(ContainerPlace place, ContainerNeeds needs, RunEntry entry, TimeProvider time, Action<string> tell) : ILauncher
{
    const string AdditionsFile = "additions.json";
    const string TokenFile = "hf_token";

    /// <summary>What the folder of a project may hold.</summary>
    internal static readonly IReadOnlyList<string> Files = [AdditionsFile, TokenFile];

    static readonly TimeSpan UpPatience = TimeSpan.FromMinutes(5);
    static readonly TimeSpan AnswerPatience = TimeSpan.FromSeconds(30);
    static readonly TimeSpan AnswerPoll = TimeSpan.FromMilliseconds(200);

    readonly LocalLauncher _clients = new(entry, time);
    ComposeService _service = place.Service;
    string? _folder;
    bool _seesPaths = true;
    bool _isReady;
    bool _isLost;

    public string? ImageDigest => place.ImageDigest;

    /// <inheritdoc/>
    public Task<int> ChoosePortAsync(int wanted, CancellationToken cancellationToken)
    {
        var ports = place.Definition.Ports;
        if (place.Definition.SharesHostNetwork)
            return Task.FromResult(LoopbackPort.Choose(wanted));
        if (wanted != 0 && !ports.Contains(wanted))
            throw new LemException(
                $"the service {place.Service.Service} does not publish port {wanted}; it publishes {string.Join(", ", ports.Take(8))}", "--set server.port=0 takes one of them.");
        return LoopbackPort.FirstSilentAsync(wanted == 0 ? ports : [wanted], cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<EngineProcess> StartAsync(LaunchCommand command, CancellationToken cancellationToken)
    {
        if (!_isReady)
            await BringUpAsync(cancellationToken);
        _isReady = true;
        if (needs.Gpus)
            await CheckGpusAsync(cancellationToken);

        var processFile = ContainerRecord.NewProcessFile();
        if (place.IsUp)
            entry.Add(new ContainerRecord(place.DaemonAddress, File: _service.File, Service: _service.Service, ProcessFile: processFile));
        var variables = Variables(command);
        var exec = _service.Exec(["sh", "-c", ContainerScripts.Start, processFile, .. command.Arguments], variables.Keys, Folder(command));
        foreach (var (name, value) in place.Docker.Environment)
            variables[name] = value;
        var client = await _clients.StartAsync(new([place.Docker.Path, .. exec], variables), cancellationToken);
        return new EngineProcess(client.Log, client.Ended, signal => SignalAsync(processFile, signal), client.DisposeAsync, time);
    }

    public async ValueTask DisposeAsync()
    {
        await _clients.DisposeAsync();
        if (_service.Project is not { } project)
        {
            if (!_isLost)
                entry.RemoveContainers();
            return;
        }

        try
        {
            await LeftContainers.DownAsync(place.Docker, project, _folder);
            entry.RemoveContainers();
        }
        catch (LemException e)
        {
            tell($"{e.Message}\n{e.Hint} The next lem tries again.");
        }
    }

    async Task BringUpAsync(CancellationToken cancellationToken)
    {
        if (place.IsUp)
        {
            _seesPaths = await SeesPathsAsync(cancellationToken);
            return;
        }

        if (_service.Project is null)
        {
            var project = ContainerRecord.NewProject();
            _folder = Directory.CreateTempSubdirectory(ContainerRecord.Prefix).FullName; // 0700
            entry.Add(new ContainerRecord(place.DaemonAddress, project, _folder));
            _service = _service with { Project = project, Additions = WriteAdditions(_folder) };
        }

        // Entered: a lem that finds us dead ends it before the project, in which it would else still make a container.
        var client = 0;
        var up = await place.Docker.RunAsync(_service.Up, UpPatience, cancellationToken, pid => entry.AddChild(client = pid));
        entry.RemoveChild(client);
        if (!up.Succeeded)
            throw DockerFailure.Explain($"the service {_service.Service} of {_service.File} could not be brought up", up.Error);
        await WaitUntilItAnswersAsync(cancellationToken);
    }

    string? WriteAdditions(string folder)
    {
        string? token = null;
        if (needs.WriteToken is { } write)
            write(token = Path.Combine(folder, TokenFile));
        if (ServiceAdditions.Render(_service.Service, needs.Paths, token) is not { } text)
            return null;
        var path = Path.Combine(folder, AdditionsFile);
        File.WriteAllText(path, text);
        return path;
    }

    async Task WaitUntilItAnswersAsync(CancellationToken cancellationToken)
    {
        var begun = time.GetTimestamp();
        while (!(await place.Docker.AskAsync(_service.Exec(["true"]), cancellationToken)).Succeeded)
        {
            var isUp = await place.Docker.AskAsync(_service.RunningContainer, cancellationToken) is { Succeeded: true, Out: var id } && id.Trim().Length > 0;
            if (!isUp || time.GetElapsedTime(begun) > AnswerPatience)
            {
                var log = await place.Docker.AskAsync(_service.LastLines, cancellationToken);
                throw new LemException(
                    $"the container of {_service.Service} {(isUp ? "runs, but no program can be run in it" : "ended as soon as it was up")}\n{log.Out}{log.Error}".TrimEnd(),
                    "Give the service something that stays: entrypoint: [sleep, infinity]; and an image with sh.");
            }

            await Task.Delay(AnswerPoll, time, cancellationToken);
        }
    }

    async Task<bool> SeesPathsAsync(CancellationToken cancellationToken)
    {
        foreach (var path in needs.Paths)
        {
            if ((await place.Docker.AskAsync(_service.Exec(["test", "-e", path]), cancellationToken)).Succeeded)
                continue;
            return needs.MustSeePaths
                ? throw new LemException(
                    $"{path} is not to be seen in the container of {_service.Service}, which is up already",
                    "Mount it there at the same path, or end the service (docker compose down): lem then brings it up with the model in it.")
                : false;
        }

        return true;
    }

    async Task CheckGpusAsync(CancellationToken cancellationToken)
    {
        var list = await place.Docker.AskAsync(_service.Exec(["nvidia-smi", "-L"]), cancellationToken);
        if (!list.Succeeded || !list.Out.Contains("GPU", StringComparison.Ordinal))
            throw DockerFailure.Explain($"no GPU is to be seen in the container of {_service.Service} (nvidia-smi -L)", $"{list.Out}\n{list.Error}");
    }

    async Task<bool> SignalAsync(string processFile, int signal)
    {
        DockerAnswer answer;
        try
        {
            answer = await place.Docker.AskAsync(_service.Exec(["sh", "-c", ContainerScripts.Signal, processFile, ProcessSignals.NameOf(signal)]), CancellationToken.None);
        }
        catch (LemException e)
        {
            return Lost(e);
        }

        return answer.Succeeded || (answer.ExitCode != ContainerScripts.Gone && !DockerFailure.SaysGone(answer.Error) && Lost(DockerFailure.Explain("docker does not say", answer.Error)));
    }

    // No reason to lose what was measured: the program ends with its client, and with its container. Whether it has, the next lem looks.
    bool Lost(LemException e)
    {
        if (!_isLost)
            tell($"the engine could not be asked to end: {e.Message}\n{e.Hint}");
        _isLost = true;
        return false;
    }

    // Nothing of lem's environment is there by itself, so that nothing has to be taken away.
    Dictionary<string, string?> Variables(LaunchCommand command)
    {
        var variables = command.Environment.Where(variable => variable.Value is not null).ToDictionary();
        foreach (var name in needs.Variables ?? [])
            if (Environment.GetEnvironmentVariable(name) is { Length: > 0 } value)
                variables.TryAdd(name, value);
        return variables;
    }

    // A model that is named by a relative path is there at its whole path: the folder it counts from is there then, too.
    string? Folder(LaunchCommand command) =>
        _seesPaths && command.Folder is { } folder && needs.Paths.Any(path => path.StartsWith(folder + "/", StringComparison.Ordinal)) ? folder : null;
}
