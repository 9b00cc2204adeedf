using System.Diagnostics;
using Xunit;

namespace Lem.IntegrationTests;

/// <summary>Debian's own readers of GGUF: <c>python3-gguf</c> and <c>llama-bench</c>, which share no code with ours.</summary>
/// <remarks>
/// LEM_SID_ROOT names the root file system of a Debian sid with the packages python3-gguf and llama.cpp-tools, entered by chroot (needs root).
/// Without it the tools of this machine serve, where it has them. Where neither is there a test skips, or fails under LEM_REQUIRE_ALL=1.
/// </remarks>
sealed class GgufDebianTools : IDisposable
{
    readonly string? _root = Environment.GetEnvironmentVariable("LEM_SID_ROOT") is { Length: > 0 } root ? Path.GetFullPath(root) : null;
    readonly string _folder;

    public GgufDebianTools()
    {
        _folder = Path.Combine(_root ?? "/", "tmp", $"lem-gguf-{Guid.NewGuid():N}");
        Directory.CreateDirectory(_folder);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Where this process finds the file that the tools find at <see cref="Inside"/>.</summary>
    public string PathOf(string name) => Path.Combine(_folder, name);

    /// <summary>The path of a file as the tools see it.</summary>
    public string Inside(string name) => "/" + Path.GetRelativePath(_root ?? "/", PathOf(name));

    public async Task<string> PythonAsync(string script, params string[] arguments)
    {
        await RequireAsync("python3 with the module gguf (Debian package python3-gguf)", "python3", "-c", "import gguf");
        return await RunAsync("python3", ["-c", script, .. arguments]);
    }

    public async Task<string> LlamaBenchAsync(params string[] arguments)
    {
        await RequireAsync("llama-bench (Debian package llama.cpp-tools)", "llama-bench", "--help");
        return await RunAsync("llama-bench", arguments);
    }

    async Task RequireAsync(string what, string command, params string[] arguments)
    {
        if (await TryRunAsync(command, arguments) is { ExitCode: 0 })
            return;
        var reason = $"no {what}, neither under LEM_SID_ROOT ({_root ?? "not set"}) nor on this machine";
        Assert.False(Environment.GetEnvironmentVariable("LEM_REQUIRE_ALL") == "1", reason);
        Assert.Skip(reason);
    }

    async Task<string> RunAsync(string command, string[] arguments)
    {
        var result = await TryRunAsync(command, arguments);
        Assert.True(result is { ExitCode: 0 }, $"{command} ended with {result?.ExitCode}: {result?.Error}");
        return result!.Output; // Not null: asserted above.
    }

    /// <summary>Runs the command to its end; null where it cannot be started.</summary>
    async Task<Result?> TryRunAsync(string command, string[] arguments)
    {
        var start = new ProcessStartInfo(_root is null ? command : "chroot", _root is null ? arguments : [_root, command, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using var process = Process.Start(start)!; // Not null: a command of its own is started, no document opened.
            var cancellation = TestContext.Current.CancellationToken;
            var output = process.StandardOutput.ReadToEndAsync(cancellation);
            var error = process.StandardError.ReadToEndAsync(cancellation);
            await process.WaitForExitAsync(cancellation);
            return new Result(process.ExitCode, await output, await error);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    sealed record Result(int ExitCode, string Output, string Error);
}
