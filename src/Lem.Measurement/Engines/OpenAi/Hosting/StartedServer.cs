using System.Net;
using Lem.Core;
using Lem.Core.Results;
using Lem.Measurement.Engines.OpenAi.Commands;
using Lem.Measurement.Launching;

namespace Lem.Measurement.Engines.OpenAi.Hosting;

/// <summary>A server that lem starts for an experiment, and ends with it.</summary>
/// <param name="launcher">Its own from now on.</param>
/// <param name="command">Makes the command line for a port.</param>
/// <param name="port">0 = a free one.</param>
public sealed class StartedServer(ILauncher launcher, Func<int, LaunchCommand> command, string address, int port) : ServerHost(At(address, port))
{
    const int LinesOfLog = 12;

    readonly List<Finding> _findings = [];
    EngineProcess? _process;
    LaunchCommand? _started;
    LogTail? _log;
    bool _isToldDead;

    public override string Log => _log?.ToString() ?? "";

    /// <inheritdoc/>
    /// <exception cref="LemException">The port is taken, or the program cannot be started.</exception>
    public override async Task<Uri> StartAsync(CancellationToken cancellationToken)
    {
        _isToldDead = false;
        var bound = await launcher.ChoosePortAsync(port, cancellationToken);
        var at = At(address, bound);
        await LoopbackPort.RequireSilenceAsync(at, cancellationToken);
        _started = command(bound);
        _process = await launcher.StartAsync(_started, cancellationToken);
        _log = _process.Log;
        return at;
    }

    public override TimeSpan Patience(TimeSpan readyTimeout) => readyTimeout;

    public override void ThrowIfDead(string when)
    {
        if (_process is { ExitCode: { } code } process)
            throw Failed($"{Program} ended {when} with exit code {Meaning(code)}", process.Log.Lines());
    }

    public override LemException NotReady(Uri at, TimeSpan waited, HttpStatusCode? said) =>
        Failed(
            $"{Program} was started, but {(said is { } status ? $"answered HTTP {(int)status}" : "did not answer")} at {at} within {waited.TotalSeconds:0} s (server.ready_timeout_sec)", _process?.Log.Lines() ?? [],
            $"What it said last tells how far it came. Still loading: --set server.ready_timeout_sec=3600. Listening elsewhere: {ServerCommand.Host} and {ServerCommand.Port} in server.command.");

    public override IReadOnlyList<Finding> TakeFindings()
    {
        // Told once: the next request, if there is one, fails with its last words.
        if (_process is { ExitCode: { } code } && !_isToldDead)
        {
            _isToldDead = true;
            _findings.Add(new(
                "server_died", FindingSeverity.Warning, $"{Program} ended in the middle of its work with exit code {Meaning(code)}", "measure",
                "Its last words are at the end of log.txt beside the raw files."));
        }

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
        try
        {
            await base.DisposeAsync();
        }
        finally
        {
            await launcher.DisposeAsync();
        }
    }

    // An address of IPv6 stands in brackets there.
    static Uri At(string address, int port) => new UriBuilder(Uri.UriSchemeHttp, address, port).Uri;

    string Program => _started?.Name ?? Path.GetFileName(_started?.Arguments[0] ?? "the server");

    // What an engine says last is often only that something above went wrong.
    LemException Failed(string what, IReadOnlyList<string> log, string? hint = null)
    {
        var known = ServerFailure.Explain(log);
        List<string> last = [.. log.TakeLast(LinesOfLog)];
        if (known is { Line: var telling } && !last.Contains(telling))
            last.InsertRange(0, [telling, "…"]);
        var said = last.Count == 0 ? "It said nothing." : $"Its last words:\n{string.Join('\n', last.Select(line => $"    {line}"))}";
        return new LemException(
            $"{what}{(known is { } cause ? $": {cause.Cause}" : "")}\n{said}",
            known?.Hint ?? hint ?? $"Try it by hand: {_started?.Line}");
    }

    // 128 + the number of the signal that ended it.
    static string Meaning(int exitCode) => exitCode switch
    {
        134 => "134 (SIGABRT: it gave up on an error of its own)",
        137 => "137 (SIGKILL: somebody killed it, perhaps the kernel for want of memory; dmesg tells)",
        139 => "139 (SIGSEGV: it crashed)",
        _ => $"{exitCode}",
    };
}
