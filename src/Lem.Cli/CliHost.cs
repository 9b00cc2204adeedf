using System.Collections;
using Lem.Core;
using Lem.Core.Configuration;
using Lem.Core.Configuration.Secrets;

namespace Lem.Cli;

/// <summary>The world as a command sees it: streams, folders, environment, clock. Tests make their own.</summary>
/// <param name="Out">Answers only: what a script would read.</param>
/// <param name="Error">Everything for people: progress, warnings, errors.</param>
/// <param name="IsTerminal">A person is watching stderr: live progress, colours and questions are possible.</param>
/// <param name="Application">Folder of the program; the native libraries stand beside it.</param>
sealed record CliHost(
    TextWriter Out,
    TextWriter Error,
    bool IsTerminal,
    ConfigEnvironment Environment,
    string Application,
    TimeProvider Time)
{
    const int OutputBuffer = 32 << 10;

    public string WorkingDirectory => Environment.WorkingDirectory;

    public string? Variable(string name) => Environment.Variables.GetValueOrDefault(name);

    /// <summary>The host with the harmless variables of the working directory's <c>.env</c> below the real ones; the others are named.</summary>
    /// <exception cref="ConfigException">The file is no .env file.</exception>
    public CliHost WithDotEnv(Action<string> ignored)
    {
        var path = Path.Combine(WorkingDirectory, ".env");
        if (!File.Exists(path))
            return this;
        var file = DotEnv.Parse(Read(path));
        foreach (var name in file.Ignored)
            ignored(name);
        return this with { Environment = Environment with { Variables = file.Below(Environment.Variables) } };
    }

    static string Read(string path)
    {
        try
        {
            return DotEnv.ReadText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LemException($"{path}: cannot be read: {e.Message}", "Give it read permission, or remove it.", e);
        }
    }

    public static CliHost ForThisProcess()
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (DictionaryEntry entry in System.Environment.GetEnvironmentVariables())
            variables[(string)entry.Key] = (string?)entry.Value ?? "";
        var home = System.Environment.GetFolderPath(System.Environment.SpecialFolder.UserProfile);
        return new(
            // A list of thousands of lines in some writes, not in pieces of 256 bytes.
            TextWriter.Synchronized(new StreamWriter(Console.OpenStandardOutput(), Console.OutputEncoding, OutputBuffer) { AutoFlush = true }),
            Console.Error,
            IsTerminal: !Console.IsErrorRedirected && variables.GetValueOrDefault("TERM") is not (null or "dumb"),
            new ConfigEnvironment(Directory.GetCurrentDirectory(), home, variables),
            AppContext.BaseDirectory,
            TimeProvider.System);
    }
}
