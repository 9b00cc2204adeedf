using System.Text.Json;
using Lem.Tests.Shared.Serving;

namespace Lem.IntegrationTests.Serving;

/// <summary>A small experiment on a server that lem starts, in a working folder of its own.</summary>
sealed class StartedExperiment : IDisposable
{
    /// <summary>Measured requests. One comes before them: the trial, which has number zero.</summary>
    public const int Requests = 12;

    public const int Tokens = 16;

    public LemProcess Lem { get; } = new();

    /// <summary>Starts the mock server with these arguments.</summary>
    public Task<(int ExitCode, string Out, string Error)> RunMockAsync(string settings, IEnumerable<string> arguments, CancellationToken cancellationToken) =>
        RunAsync(settings, [MockProcess.Path, .. arguments], cancellationToken);

    /// <summary>Starts a server by its command line.</summary>
    /// <param name="settings">Further keys of <c>server:</c>, as <c>port: 1, ready_timeout_sec: 2</c>; may be empty.</param>
    public async Task<(int ExitCode, string Out, string Error)> RunAsync(string settings, IEnumerable<string> command, CancellationToken cancellationToken)
    {
        // A JSON array is YAML, whatever its words hold.
        var words = string.Join(", ", command.Select(word => $"\"{JsonEncodedText.Encode(word)}\""));
        await File.WriteAllTextAsync(
            Path.Combine(Lem.Folder, "e.yaml"),
            $$"""
            config_name: gallery
            model_name: mock
            backend: openai
            dataset: builtin:starter
            num_input_prompts: {{Requests}}
            max_output_tokens: {{Tokens}}
            decoder: {ignore_eos: true}
            baseline: {enabled: false}
            warmup: {enabled: false}
            concurrency: 1
            server: { command: [{{words}}]{{(settings.Length == 0 ? "" : $", {settings}")}} }
            """,
            cancellationToken);
        return await Lem.RunAsync(cancellationToken, "experiment", "e.yaml", "--yes", "--quiet");
    }

    /// <summary>What lem left running: processes whose command line or working folder is of this experiment.</summary>
    public IReadOnlyList<string> LeftRunning() => [.. Directory.EnumerateDirectories("/proc").Where(IsOfThis).Select(CommandLine)];

    public void Dispose() => Lem.Dispose();

    bool IsOfThis(string process)
    {
        try
        {
            return int.TryParse(Path.GetFileName(process), out _) && File.ResolveLinkTarget(Path.Combine(process, "cwd"), returnFinalTarget: false)?.FullName.StartsWith(Lem.Folder, StringComparison.Ordinal) is true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It ended in the meantime.
            return false;
        }
    }

    static string CommandLine(string process)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, "cmdline")).Replace('\0', ' ');
        }
        catch (IOException)
        {
            return "ended since";
        }
    }
}
