using System.ComponentModel;
using System.Diagnostics;
using Lem.Core;

namespace Lem.Measurement.Launching.Containers;

/// <summary>The docker program, called as its users call it: with words, never with a shell's line.</summary>
/// <param name="Path">Where it is, or its name.</param>
/// <param name="Environment">Beside what it inherits; what compose files may refer to, too.</param>
public sealed record DockerProgram(string Path, IReadOnlyDictionary<string, string?> Environment)
{
    static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    public DockerProgram(string path)
        : this(path, new Dictionary<string, string?>())
    {
    }

    /// <summary>How long an answer to a question is waited for.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Runs it to its end.</summary>
    /// <exception cref="LemException">It cannot be started, or does not end in time.</exception>
    public Task<DockerAnswer> AskAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken) => RunAsync(arguments, Patience, cancellationToken);

    /// <inheritdoc cref="AskAsync"/>
    /// <param name="started">Told its number as soon as it runs.</param>
    public async Task<DockerAnswer> RunAsync(IReadOnlyList<string> arguments, TimeSpan patience, CancellationToken cancellationToken, Action<int>? started = null)
    {
        using var process = Start(arguments);
        process.StandardInput.Close();
        using var expired = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        expired.CancelAfter(patience);
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var error = process.StandardError.ReadToEndAsync(CancellationToken.None);
        try
        {
            started?.Invoke(process.Id);
            await process.WaitForExitAsync(expired.Token);
            return new(process.ExitCode, await output, await error);
        }
        catch (LemException)
        {
            End(process);
            throw;
        }
        catch (OperationCanceledException)
        {
            End(process);
            cancellationToken.ThrowIfCancellationRequested();
            throw new LemException(
                $"docker {string.Join(' ', arguments.Take(6))} … did not end within {patience.TotalSeconds:0} s", "See whether docker answers by hand: docker ps");
        }
    }

    // In a session of its own: Ctrl-C in the terminal is for lem, which then ends things in order.
    Process Start(IReadOnlyList<string> arguments)
    {
        var info = new ProcessStartInfo("setsid", [Path, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in Environment)
            info.Environment[name] = value;
        try
        {
            return Process.Start(info)!; // null only with UseShellExecute
        }
        catch (Win32Exception e)
        {
            throw new LemException($"docker cannot be started: {e.Message}", "Install util-linux (setsid).", e);
        }
    }

    // Asked first: it then ends what it has begun in the daemon, and leaves nothing half made.
    static void End(Process process)
    {
        ProcessSignals.SendToGroup(process.Id, ProcessSignals.Terminate);
        if (!process.WaitForExit(Grace))
            ProcessSignals.SendToGroup(process.Id, ProcessSignals.Kill);
    }
}
