using System.Diagnostics;
using Xunit;

namespace Lem.Tests.Shared.Serving;

public sealed class MockProcessTests
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Its_stamps_are_of_the_clock_that_other_processes_read()
    {
        using var server = await MockProcess.StartAsync(Cancel, "ttft_ms=5", "itl_ms=1");
        using var http = new HttpClient { BaseAddress = server.Address };
        using var body = new StringContent("""{"model": "mock", "prompt": "a", "max_tokens": 4, "stream": true}""");

        var before = Monotonic.Now();
        using var response = await http.PostAsync("/v1/completions", body, Cancel);
        var after = Monotonic.Now();

        var told = MockClient.Parse(await http.GetStringAsync("/mock/requests", Cancel)).GetProperty("requests")[0];
        Assert.All(told.GetProperty("sent_ns").EnumerateArray(), sent => Assert.InRange(sent.GetInt64(), before + 5_000_000, after));
    }

    [Fact]
    public async Task It_dies_as_it_is_told_to()
    {
        using var server = await MockProcess.StartAsync(Cancel, """{"faults": [{"kind": "die"}]}""");
        using var http = new HttpClient { BaseAddress = server.Address };
        using var body = new StringContent("""{"model": "mock", "prompt": "a"}""");

        await Assert.ThrowsAsync<HttpRequestException>(() => http.PostAsync("/v1/completions", body, Cancel));
        await server.Process.WaitForExitAsync(Cancel);

        Assert.Equal(134, server.Process.ExitCode);
    }

    [Theory]
    [InlineData("--exit 3 --say torch.OutOfMemoryError", 3, "torch.OutOfMemoryError")]
    [InlineData("ttft=5", 2, "ttft")]
    public async Task It_can_fail_at_its_start(string arguments, int exitCode, string said)
    {
        var start = new ProcessStartInfo(MockProcess.Path, arguments) { RedirectStandardError = true };
        using var process = Process.Start(start)!; // A file name gives a process or throws.

        var error = await process.StandardError.ReadToEndAsync(Cancel);
        await process.WaitForExitAsync(Cancel);

        Assert.Equal(exitCode, process.ExitCode);
        Assert.Contains(said, error, StringComparison.Ordinal);
    }
}
