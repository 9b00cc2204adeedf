using System.Net;
using Lem.Core;
using Lem.Core.Configuration;
using Lem.Measurement.Engines.OpenAi.Client;
using Lem.Measurement.Engines.OpenAi.Hosting;

namespace Lem.Measurement.Engines.OpenAi;

/// <summary>Waits until a server answers: to <c>/health</c>, or where it has no such page to <c>/v1/models</c>.</summary>
public static class ServerReadiness
{
    static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(200);

    // A server that takes the connection and then says nothing must not outlast what it is waited for.
    static readonly TimeSpan LongestLook = TimeSpan.FromSeconds(2);

    /// <summary>Tells at once, before anything is waited for, that nobody is at the address of a server that is said to be up.</summary>
    /// <exception cref="LemException">Nothing answers there.</exception>
    public static async Task RequireAsync(ExperimentConfig config, Func<string, string?> variable, TimeProvider time, CancellationToken cancellationToken)
    {
        if (config.Server.Url is not { } url)
            return;
        var options = ServerSettings.From(config, [], variable);
        await using var host = new ServerHost(new Uri(url));
        using var server = new ServerConnection(new Uri(url), options.Headers, time);
        await WaitAsync(server, host, options.ReadyTimeout, time, cancellationToken);
    }

    /// <exception cref="LemException">It has ended, or did not answer in time.</exception>
    internal static async Task WaitAsync(ServerConnection server, ServerHost host, TimeSpan readyTimeout, TimeProvider time, CancellationToken cancellationToken)
    {
        var begun = time.GetTimestamp();
        var patience = host.Patience(readyTimeout);
        var look = patience < LongestLook ? patience : LongestLook;
        while (true)
        {
            // Its death first: where it found its port taken, it is another server that answers.
            var (isReady, said) = await LookAsync(server, look, cancellationToken);
            host.ThrowIfDead("before it answered");
            if (isReady)
                return;
            if (said is not null)
                patience = readyTimeout; // It is there, and loading.
            if (time.GetElapsedTime(begun) > patience)
                throw host.NotReady(server.Address, time.GetElapsedTime(begun), said);
            await Task.Delay(Poll, time, cancellationToken);
        }
    }

    // A health page that is not there says nothing. One that answers with an error of the server's says that it is loading, whatever its other pages answer.
    static async Task<(bool IsReady, HttpStatusCode? Said)> LookAsync(ServerConnection server, TimeSpan look, CancellationToken cancellationToken)
    {
        var health = await server.StatusAsync("health", look, cancellationToken);
        if (health is HttpStatusCode.NotImplemented or (>= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError))
            return (await server.StatusAsync("v1/models", look, cancellationToken) is HttpStatusCode.OK, null);
        return (health is >= HttpStatusCode.OK and < HttpStatusCode.MultipleChoices, health);
    }
}
