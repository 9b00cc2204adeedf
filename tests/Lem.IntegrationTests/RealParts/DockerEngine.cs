using System.Diagnostics;
using Lem.Tests.Shared;

namespace Lem.IntegrationTests.RealParts;

/// <summary>
/// The Docker Engine that <c>eng/test-docker.sh</c> starts and <c>LEM_TEST_DOCKER</c> names, with an image of the sid root: a real daemon, and
/// none of the machine's own.
/// </summary>
sealed class DockerEngine
{
    /// <summary>The sid root as an image: Debian's llama-server is in it.</summary>
    public const string Image = "lem-test-sid:latest";

    readonly string _folder;

    DockerEngine(string folder) => _folder = folder;

    /// <summary>The engine, or a skipped (under LEM_REQUIRE_ALL=1 a failed) test.</summary>
    public static DockerEngine Require()
    {
        var folder = Environment.GetEnvironmentVariable("LEM_TEST_DOCKER");
        Parts.Require(
            folder is not null && File.Exists(Path.Combine(folder, "docker.sock")),
            "Docker Engine of the tests", "start it with LEM_TEST_DOCKER=\"$(eng/test-docker.sh)\" and export that");
        return new DockerEngine(folder);
    }

    /// <summary>What makes a docker client speak to this engine, with this Compose plugin.</summary>
    public Dictionary<string, string> Variables => new()
    {
        ["DOCKER_HOST"] = $"unix://{_folder}/docker.sock",
        ["DOCKER_CONFIG"] = Path.Combine(_folder, "config"),
    };

    /// <summary>Calls docker, as a user beside lem would.</summary>
    public async Task<string> AskAsync(CancellationToken cancellationToken, params string[] arguments)
    {
        var start = new ProcessStartInfo("docker", arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in Variables)
            start.Environment[name] = value;
        using var process = Process.Start(start)!; // Null only with UseShellExecute.
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync(cancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return process.ExitCode == 0 ? output.Trim() : throw new InvalidOperationException($"docker {string.Join(' ', arguments)}: {await error}");
    }
}
