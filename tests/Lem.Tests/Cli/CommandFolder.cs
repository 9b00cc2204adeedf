using System.Text.Json.Nodes;
using Lem.Cli;
using Lem.Core.Configuration;
using Xunit;

namespace Lem.Tests.Cli;

/// <summary>Runs lem's commands in a working directory of its own, without a process; gone after the test.</summary>
sealed class CommandFolder : IDisposable
{
    readonly string _root = Directory.CreateTempSubdirectory("lem-cli-").FullName;

    public CommandFolder()
    {
        Directory.CreateDirectory(Work);
        Directory.CreateDirectory(Home);
    }

    public string Work => Path.Combine(_root, "work");

    public string Home => Path.Combine(_root, "home");

    public Dictionary<string, string> Variables { get; } = [];

    public string this[string name] => Path.Combine(Work, name);

    public void Write(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(this[name])!);
        File.WriteAllText(this[name], text);
    }

    public string Read(string name) => File.ReadAllText(this[name]);

    public async Task<(ExitCode Code, string Out, string Error)> RunAsync(params string[] args)
    {
        using var answer = new StringWriter();
        using var messages = new StringWriter();
        var host = new CliHost(answer, messages, IsTerminal: false, new ConfigEnvironment(Work, Home, Variables), AppContext.BaseDirectory, TimeProvider.System);
        var code = await LemCli.RunAsync(args, host);
        return (code, answer.ToString(), messages.ToString());
    }

    /// <summary>The lines on stdout of a command that ends well.</summary>
    public async Task<string[]> LinesAsync(params string[] args)
    {
        var (code, answer, messages) = await RunAsync(args);
        Assert.True(code is ExitCode.Success, messages);
        return answer.TrimEnd('\n').Split('\n');
    }

    /// <summary>The answer of a command that ends well, as JSON.</summary>
    public async Task<JsonNode> JsonAsync(params string[] args) => JsonNode.Parse(string.Join('\n', await LinesAsync([.. args, "--json"])))!; // no command answers null

    public void Dispose() => Directory.Delete(_root, recursive: true);
}
