using Lem.Core;
using Lem.Core.Results;
using Lem.Measurement.Launching;

namespace Lem.Measurement.Engines.OpenAi;

/// <summary>A server that lem starts for an experiment, and ends with it.</summary>
/// <param name="launcher">Its own from now on.</param>
/// <param name="command">Makes the command line for a port.</param>
/// <param name="port">0 = a free one.</param>
public sealed class StartedServer(ILauncher launcher, Func<int, LaunchCommand> command, string address, int port) : ServerHost(new Uri($"http://{address}:{port}"))
{
    const int LinesOfLog = 12;

    readonly List<Finding> _findings = [];
    EngineProcess? _process;
    LaunchCommand? _started;
    LogTail? _log;

    public override string Log => _log?.ToString() ?? "";

    /// <inheritdoc/>
    /// <exception cref="LemException">The port is taken, or the program cannot be started.</exception>
    public override async Task<Uri> StartAsync(CancellationToken cancellationToken)
    {
        var bound = launcher.ChoosePort(port);
        _started = command(bound);
        _process = await launcher.StartAsync(_started, cancellationToken);
        _log = _process.Log;
        return new Uri($"http://{address}:{bound}");
    }

    public override TimeSpan Patience(TimeSpan readyTimeout) => readyTimeout;

    public override void ThrowIfDead()
    {
        if (_process is { ExitCode: { } code } process)
            throw Failed($"{Program} ended with exit code {code}", process.Log.Lines());
    }

    public override LemException NotReady(Uri at, TimeSpan waited) =>
        Failed($"{Program} was started, but did not answer at {at} within {waited.TotalSeconds:0} s (server.ready_timeout_sec)", _process?.Log.Lines() ?? []);

    public override IReadOnlyList<Finding> TakeFindings()
    {
        Finding[] findings = [.. _findings];
        _findings.Clear();
        return findings;
    }

    public override string? ImageDigest => launcher.ImageDigest;

    public override async Task EndAsync()
    {
        if (_process is not { } process)
            return;
        _process = null;
        if (process.ExitCode is null && !await process.EndAsync())
            _findings.Add(new(
                "server_killed", FindingSeverity.Info, $"{Program} did not end within ten seconds of being asked, and was killed", "unload",
                "What it would have written at its end is lost; nothing of the measurement is."));
        await process.DisposeAsync();
    }

    /// <summary>Ends the server, and what the launcher brought up for it.</summary>
    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await launcher.DisposeAsync();
    }

    string Program => Path.GetFileName(_started?.Arguments[0] ?? "the server");

    static LemException Failed(string what, IReadOnlyList<string> log)
    {
        var (cause, hint) = ServerFailure.Explain(log);
        var last = log.Count == 0 ? "It said nothing." : $"Its last words:\n{string.Join('\n', log.TakeLast(LinesOfLog).Select(line => $"    {line}"))}";
        return new LemException($"{what}{(cause is null ? "" : $": {cause}")}\n{last}", hint ?? "The command line and the log are above; try it by hand.");
    }
}
