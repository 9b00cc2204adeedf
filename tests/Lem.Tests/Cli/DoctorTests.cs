using Lem.Cli;
using Xunit;

namespace Lem.Tests.Cli;

public class DoctorTests
{
    [Fact]
    public async Task A_results_folder_that_is_a_file_ends_with_3()
    {
        using var folder = new CommandFolder();
        folder.Write("taken", "");

        var (code, answer, _) = await folder.RunAsync("doctor", "--results-dir", "taken");

        Assert.Equal(ExitCode.MachineLacks, code);
        Assert.Contains("✗ results", answer, StringComparison.Ordinal);
        Assert.Contains("--results-dir", answer, StringComparison.Ordinal);
    }
}
