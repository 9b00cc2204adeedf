using Lem.Cli;
using Xunit;

namespace Lem.Tests.Cli;

public sealed class BatchTests : IDisposable
{
    readonly CommandFolder _folder = new();

    public BatchTests()
    {
        foreach (var name in (string[])["one.yaml", "deep/two.yaml", "deep/er/three.yaml"])
            _folder.Write(name, $"config_name: {Path.GetFileNameWithoutExtension(name)}\nmodel_name: synthetic:tiny\n");
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("*.yaml", "one")]
    [InlineData("**/*.yaml", "three", "two", "one")]
    [InlineData("deep/*.yaml", "two")]
    [InlineData("deep/**/t*.yaml", "three", "two")]
    [InlineData("one.yaml", "one")]
    public async Task A_pattern_means_the_files_it_fits(string pattern, params string[] names)
    {
        var (code, _, messages) = await _folder.RunAsync("batch", pattern, "--dry-run");

        Assert.Equal(ExitCode.Success, code);
        Assert.Equal(names.Select(name => $"{name}.yaml: {name}"), messages.TrimEnd().Split('\n').Select(line => line[(line.LastIndexOf('/', line.IndexOf(',', StringComparison.Ordinal)) + 1)..line.IndexOf(',', StringComparison.Ordinal)]));
    }

    [Fact]
    public async Task Mistakes_of_all_files_are_told_before_anything_runs()
    {
        _folder.Write("bad.yaml", "config_name: bad\nmodel_name: synthetic:tiny\nnum_cycles: 0\n");
        _folder.Write("worse.yaml", "config_name: worse\nmodel_name: synthetic:tiny\nstreeming: true\n");

        var (code, _, messages) = await _folder.RunAsync("batch", "*.yaml");

        Assert.Equal(ExitCode.UserMistake, code);
        Assert.Contains("bad.yaml", messages, StringComparison.Ordinal);
        Assert.Contains("worse.yaml", messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pattern_without_a_file_is_a_mistake()
    {
        var (code, _, messages) = await _folder.RunAsync("batch", "no-such-*.yaml", "one.yaml");

        Assert.Equal(ExitCode.UserMistake, code);
        Assert.Contains("no-such-*.yaml matches no file", messages, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bash", "complete -o default")]
    [InlineData("zsh", "compdef _lem lem")]
    [InlineData("fish", "complete -c lem")]
    public async Task Shells_are_taught_to_complete(string shell, string line) =>
        Assert.Contains(await _folder.LinesAsync("completion", shell), written => written.StartsWith(line, StringComparison.Ordinal));

    [Fact]
    public async Task Lem_itself_says_what_can_come_next() =>
        Assert.Equal(["experiment"], await _folder.LinesAsync("[suggest:3]", "exp"));
}
