using System.Text.Json.Nodes;
using Lem.Cli;
using Xunit;

namespace Lem.Tests.Cli;

public sealed class MeasureTests : IDisposable
{
    readonly CommandFolder _folder = new();

    public MeasureTests() => _folder.Variables["PATH"] = Environment.GetEnvironmentVariable("PATH") ?? "";

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_exit_code_is_the_programs_and_stands_in_the_record()
    {
        var (code, answer, messages) = await _folder.RunAsync("measure", "--no-baseline", "--json", "--gpus", "none", "--", "sh", "-c", "exit 42");

        Assert.Equal(42, (int)code);
        Assert.Equal(42, (int?)JsonNode.Parse(answer)!["exit_code"]);
        Assert.DoesNotContain('\n', answer.TrimEnd('\n'));
        Assert.Empty(messages);
    }

    [Fact]
    public async Task A_program_ended_by_a_signal_gives_128_and_the_signal()
    {
        var (code, _, _) = await _folder.RunAsync("measure", "--no-baseline", "--gpus", "none", "--", "sh", "-c", "kill -9 $$");

        Assert.Equal(137, (int)code);
    }

    [Fact]
    public async Task The_summary_is_for_people_and_the_file_for_programs()
    {
        var (_, answer, messages) = await _folder.RunAsync("measure", "--no-baseline", "-o", "cost.json", "--samples", "power.csv", "--gpus", "none", "--", "true");

        Assert.Empty(answer);
        Assert.Contains("true: exit 0", messages, StringComparison.Ordinal);
        Assert.Equal("true", (string?)JsonNode.Parse(_folder.Read("cost.json"))!["command"]![0]);
        Assert.StartsWith("t_s,phase,device", _folder.Read("power.csv"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Options_after_the_separator_are_the_programs()
    {
        var (code, answer, _) = await _folder.RunAsync("measure", "--json", "--no-baseline", "--gpus", "none", "--", "sh", "-c", "exit 3", "--help", "-q", "--");

        Assert.Equal(3, (int)code);
        Assert.Equal(["sh", "-c", "exit 3", "--help", "-q", "--"], JsonNode.Parse(answer)!["command"]!.AsArray().Select(word => (string?)word));
    }

    [Theory]
    [InlineData(127, "command not found", "no-such-program")]
    [InlineData(126, "cannot be executed", "./plain")]
    public async Task What_cannot_be_started_ends_as_in_a_shell(int exitCode, string message, string program)
    {
        _folder.Write("plain", "text");

        var (code, _, messages) = await _folder.RunAsync("measure", "--", program);

        Assert.Equal(exitCode, (int)code);
        Assert.Contains(message, messages, StringComparison.Ordinal);
        Assert.Contains("→", messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_script_whose_interpreter_is_missing_is_not_found_either()
    {
        _folder.Write("script", "#!/no/such/interpreter\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(_folder["script"], UnixFileMode.UserRead | UnixFileMode.UserExecute);

        var (code, _, messages) = await _folder.RunAsync("measure", "--no-baseline", "--gpus", "none", "--", "./script");

        Assert.Equal(127, (int)code);
        Assert.Contains("interpreter", messages, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("measure", "sleep", "1")]
    [InlineData("measure", "sleep", "--", "1")]
    [InlineData("measure", "--baseline", "1", "--", "true")]
    [InlineData("measure", "--")]
    [InlineData("measure")]
    public async Task A_wrong_call_is_told_before_anything_runs(params string[] args) => Assert.Equal(ExitCode.UserMistake, (await _folder.RunAsync(args)).Code);

    [Fact]
    public async Task A_gpu_that_was_asked_for_and_is_not_there_is_told_before_anything_runs()
    {
        var (code, _, messages) = await _folder.RunAsync("measure", "--gpus", "0,7", "--", "sh", "-c", "touch ran");

        Assert.Equal(ExitCode.MachineLacks, code);
        Assert.Contains("→", messages, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder["ran"]));
    }
}
