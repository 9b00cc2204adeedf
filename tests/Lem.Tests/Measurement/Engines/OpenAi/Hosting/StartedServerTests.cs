using Lem.Core;
using Lem.Measurement.Engines.OpenAi.Hosting;
using Lem.Measurement.Launching;
using Lem.Tests.Shared.Serving;
using Xunit;

namespace Lem.Tests.Measurement.Engines.OpenAi.Hosting;

public sealed class StartedServerTests
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_is_started_where_another_server_answers_already()
    {
        await using var other = MockServer.Start(new(Flavour.Vllm));
        await using var launcher = new Launcher(other.Address.Port);
        await using var server = Server(launcher);

        var error = await Assert.ThrowsAsync<LemException>(() => server.StartAsync(Cancel));

        Assert.Contains($"something answers at http://127.0.0.1:{other.Address.Port} already", error.Message, StringComparison.Ordinal);
        Assert.False(launcher.HasStarted);
    }

    [Fact]
    public async Task What_was_brought_up_is_ended_even_where_the_server_cannot_be()
    {
        await using var launcher = new Launcher(1);
        var server = Server(launcher);
        await server.StartAsync(Cancel);

        await Assert.ThrowsAsync<LemException>(async () => await server.DisposeAsync());

        Assert.True(launcher.IsDisposed);
    }

    static StartedServer Server(Launcher launcher) => new(launcher, port => new(["server"], new Dictionary<string, string?>()), "127.0.0.1", 0);

    /// <summary>Starts a program that cannot be ended.</summary>
    sealed class Launcher(int port) : ILauncher
    {
        public string? ImageDigest => null;

        public bool HasStarted { get; private set; }

        public bool IsDisposed { get; private set; }

        public Task<int> ChoosePortAsync(int wanted, CancellationToken cancellationToken) => Task.FromResult(port);

        public Task<EngineProcess> StartAsync(LaunchCommand command, CancellationToken cancellationToken)
        {
            HasStarted = true;
            return Task.FromResult(new EngineProcess(new LogTail(), Task.FromResult(0), _ => throw new LemException("no answer", ""), () => ValueTask.CompletedTask, TimeProvider.System));
        }

        public ValueTask DisposeAsync()
        {
            IsDisposed = true;
            return ValueTask.CompletedTask;
        }
    }
}
