using Lem.Core;

namespace Lem.Measurement.Launching;

/// <summary>Runs programs where an engine lives: on this machine, or in its container. Disposing of it ends what it brought up for them.</summary>
public interface ILauncher : IAsyncDisposable
{
    /// <summary>Digest of the image that programs run in; null outside containers.</summary>
    string? ImageDigest { get; }

    /// <summary>A port at which a server can listen there, lem reaches it at 127.0.0.1, and nobody answers yet.</summary>
    /// <param name="wanted">0 = any.</param>
    /// <exception cref="LemException">It is taken, or cannot be reached from here.</exception>
    Task<int> ChoosePortAsync(int wanted, CancellationToken cancellationToken);

    /// <summary>Starts a program; it is entered into the ledger before it is handed out, so that no crash can make it forgotten.</summary>
    /// <exception cref="LemException">It cannot be started here.</exception>
    Task<EngineProcess> StartAsync(LaunchCommand command, CancellationToken cancellationToken);
}
