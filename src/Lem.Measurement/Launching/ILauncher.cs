using Lem.Core;

namespace Lem.Measurement.Launching;

/// <summary>Runs programs where an engine lives: on this machine, or in its container.</summary>
public interface ILauncher
{
    /// <summary>Starts a program; it is entered into the ledger before it is handed out, so that no crash can make it forgotten.</summary>
    /// <exception cref="LemException">It cannot be started here.</exception>
    Task<EngineProcess> StartAsync(LaunchCommand command, CancellationToken cancellationToken);
}
