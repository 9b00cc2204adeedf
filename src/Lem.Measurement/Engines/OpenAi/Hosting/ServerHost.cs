using System.Net;
using Lem.Core;
using Lem.Core.Results;

namespace Lem.Measurement.Engines.OpenAi.Hosting;

/// <summary>Where a server runs. This one is already up: it is left as it was found.</summary>
public class ServerHost(Uri address) : IAsyncDisposable
{
    static readonly TimeSpan AttachPatience = TimeSpan.FromSeconds(5);

    /// <summary>What it has said so far; empty where lem does not hear it.</summary>
    public virtual string Log => "";

    /// <summary>Digest of the image it runs in; null where it runs in none, or lem does not know.</summary>
    public virtual string? ImageDigest => null;

    /// <summary>Starts it where need be; its address, which may not answer yet.</summary>
    public virtual Task<Uri> StartAsync(CancellationToken cancellationToken) => Task.FromResult(address);

    /// <summary>How long it is waited for.</summary>
    public virtual TimeSpan Patience(TimeSpan readyTimeout) => readyTimeout < AttachPatience ? readyTimeout : AttachPatience;

    /// <summary>Ends the waiting where there is nothing left to wait for.</summary>
    /// <param name="when">When it ended, if it did: <c>before it answered</c>.</param>
    /// <exception cref="LemException">It has ended.</exception>
    public virtual void ThrowIfDead(string when)
    {
    }

    /// <summary>What to tell where it was waited for in vain.</summary>
    /// <param name="said">The last answer of its health page; null = none.</param>
    public virtual LemException NotReady(Uri at, TimeSpan waited, HttpStatusCode? said) => said is { } status
        ? new(
            $"the server at {at} is not ready after {waited.TotalSeconds:0} s: /health answers HTTP {(int)status}",
            "It may be loading its model still: --set server.ready_timeout_sec=3600 waits longer.")
        : new(
            $"nothing answers at {at} (asked for /health and /v1/models for {waited.TotalSeconds:0} s)",
            "Start the server, or correct server.url; a server that takes long to load is ready when /health answers.");

    public virtual IReadOnlyList<Finding> TakeFindings() => [];

    public virtual Task EndAsync() => Task.CompletedTask;

    public virtual async ValueTask DisposeAsync()
    {
        await EndAsync();
        GC.SuppressFinalize(this);
    }
}
