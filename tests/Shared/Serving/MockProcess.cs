using System.Diagnostics;

namespace Lem.Tests.Shared.Serving;

/// <summary>The mock server as a process of its own, as a real server is; killed when disposed.</summary>
sealed class MockProcess : IDisposable
{
    MockProcess(Process process, Uri address) => (Process, Address) = (process, address);

    /// <summary>The executable of the same build as this assembly.</summary>
    public static string Path
    {
        get
        {
            // artifacts/bin/<project>/<configuration>/
            var build = new DirectoryInfo(AppContext.BaseDirectory);
            var path = System.IO.Path.Combine(build.Parent!.Parent!.FullName, "Lem.MockServer", build.Name, "Lem.MockServer"); // By the layout above.
            return File.Exists(path) ? path : throw new FileNotFoundException("the mock server is not built", path);
        }
    }

    public Process Process { get; }

    public Uri Address { get; }

    /// <summary>Starts it and waits until it listens.</summary>
    /// <param name="arguments">As <c>Lem.MockServer --help</c> tells them.</param>
    public static async Task<MockProcess> StartAsync(CancellationToken cancellationToken, params string[] arguments)
    {
        var process = Process.Start(new ProcessStartInfo(Path, arguments) { RedirectStandardOutput = true })
            ?? throw new InvalidOperationException("the mock server did not start");
        const string Listening = "listening on ";
        var line = await process.StandardOutput.ReadLineAsync(cancellationToken);
        if (line?.StartsWith(Listening, StringComparison.Ordinal) is not true)
            throw new InvalidOperationException($"the mock server did not start: {line}");
        return new(process, new(line[Listening.Length..]));
    }

    public void Dispose()
    {
        Process.Kill();
        Process.WaitForExit();
        Process.Dispose();
    }
}
