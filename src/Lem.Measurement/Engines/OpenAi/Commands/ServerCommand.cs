using System.Globalization;
using Lem.Core;
using Lem.Core.Configuration;
using Lem.Measurement.Launching;

namespace Lem.Measurement.Engines.OpenAi.Commands;

/// <summary>The command line of a server that lem starts: the user's own, or the engine's by its parameters.</summary>
public static class ServerCommand
{
    /// <summary>Stands for the port in a given command.</summary>
    public const string Port = "{port}";

    /// <summary>Stands for the address it is to listen at.</summary>
    public const string Host = "{host}";

    /// <summary>Whether the engine is started by its own parameters, and by nobody else.</summary>
    public static bool IsByParameters(ExperimentConfig config) =>
        config is { ResolvedBackend: Backend.Vllm or Backend.Tensorrt, Server: { Url: null, Command: null } };

    /// <param name="folder">What relative paths count from.</param>
    public static LaunchCommand Of(ExperimentConfig config, int port, string folder) => config switch
    {
        { Server.Command: { } given } => Given(given, config.Server.Host, port, folder) with { Environment = EngineVariables.Of(config) },
        { ResolvedBackend: Backend.Vllm } => VllmCommand.Of(config, port, folder),
        { ResolvedBackend: Backend.Tensorrt } => TensorRtCommand.Of(config, port, folder),
        _ => throw new ArgumentException("a configuration that was checked names a server", nameof(config)),
    };

    /// <summary>The program of an engine that is started by its parameters; null where somebody else says what is started.</summary>
    public static string? Program(ExperimentConfig config) => !IsByParameters(config) ? null : config.ResolvedBackend == Backend.Vllm ? VllmCommand.Program : TensorRtCommand.Program;

    /// <summary>That program is not on this machine.</summary>
    public static LemException NotInstalled(string program) => new(
        $"{program} is not installed here: no folder of the PATH has it",
        $"Install it (pip install {(program == VllmCommand.Program ? "vllm" : "tensorrt-llm")}) and start lem in that environment, run it in its container (--set runner=docker), or give the address of one that is up (--url http://127.0.0.1:8000).");

    /// <summary>Prompt and output of the longest request; null where prompts are not cut, and with chat, whose template adds tokens that nobody here can count.</summary>
    internal static int? LongestSequence(ExperimentConfig config) =>
        config.Server.Endpoint == ServerEndpoint.Completions ? config.MaxInputTokens + config.MaxOutputTokens : null;

    /// <summary>The command with its address filled in; where it names no port, <c>--host</c> and <c>--port</c> are added, which nearly all servers know.</summary>
    public static LaunchCommand Given(IReadOnlyList<string> command, string host, int port, string folder)
    {
        var number = port.ToString(CultureInfo.InvariantCulture);
        List<string> arguments = [.. command.Select(word => word.Replace(Port, number, StringComparison.Ordinal).Replace(Host, host, StringComparison.Ordinal))];
        if (ServerConfig.PortIn(command) is null && !command.Any(word => word.Contains(Port, StringComparison.Ordinal)))
            arguments.AddRange(["--host", host, "--port", number]);
        return new(arguments, new Dictionary<string, string?>(), folder);
    }
}
