using Lem.Cli;
using Lem.Tests.Core.Results.Migration;
using Xunit;

namespace Lem.Tests.Cli;

public sealed class MigrationTests : IDisposable
{
    readonly CommandFolder _folder = new();

    public MigrationTests()
    {
        foreach (var file in Directory.EnumerateFiles(GoldenTree.Source("."), "*", SearchOption.AllDirectories))
            _folder.Write(Path.Combine("old", Path.GetRelativePath(GoldenTree.Source("."), file)), File.ReadAllText(file));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_was_migrated_is_listed_shown_and_exported_beside_the_originals()
    {
        var made = (await _folder.JsonAsync("results", "migrate", "old/lem-3"))["migrated"]!.AsArray();
        var id = (string)made.Single(m => (string?)m!["sources"]![0] == "aggregated/exp_acceptance.json")!["experiment_id"]!;

        var list = (await _folder.JsonAsync("results", "list", "--results-dir", "old/lem-3")).AsArray();
        Assert.Equal(made.Count, list.Count);
        Assert.Contains(list, entry => (double?)entry!["total_energy_j"] == 2584.47);

        var shown = await _folder.LinesAsync("results", "show", id, "--results-dir", "old/lem-3");
        Assert.Contains(shown, line => line.Contains("migrated from aggregated/exp_acceptance.json", StringComparison.Ordinal));
        Assert.Contains(shown, line => line.Contains("238 J above idle before the model was loaded", StringComparison.Ordinal));
        Assert.Contains(shown, line => line.Contains("✗ ", StringComparison.Ordinal));
        Assert.NotEmpty(await _folder.LinesAsync("results", "show", "latest", "--results-dir", "old/lem-3"));

        var table = await _folder.LinesAsync("results", "export", "--results-dir", "old/lem-3");
        Assert.Equal(1 + 3 + 2, table.Length);
        Assert.NotEmpty(await _folder.LinesAsync("results", "export", "--long", "--results-dir", "old/lem-3"));
    }

    [Fact]
    public async Task All_forms_below_a_folder_go_where_they_are_wanted()
    {
        var lines = await _folder.LinesAsync("results", "migrate", "old", "-o", "results");

        Assert.Equal(5, lines.Count(line => line.StartsWith("migrated  ", StringComparison.Ordinal)));
        Assert.Equal(5, (await _folder.JsonAsync("results", "list")).AsArray().Count);
        Assert.Empty(Directory.EnumerateFiles(_folder["old"], "index.jsonl", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task A_dry_run_tells_and_makes_nothing()
    {
        Assert.StartsWith("would make  ", (await _folder.LinesAsync("results", "migrate", "old/lem-2", "--dry-run"))[0], StringComparison.Ordinal);
        Assert.Single(Directory.EnumerateFileSystemEntries(_folder["old/lem-2"]));
    }

    [Fact]
    public async Task A_damaged_file_is_named_and_the_rest_is_migrated()
    {
        _folder.Write("old/lem-2/aggregated/0438.json", "{");

        var (code, answer, messages) = await _folder.RunAsync("results", "migrate", "old/lem-2");

        Assert.Equal(ExitCode.RunFailed, code);
        Assert.Contains("aggregated/0437.json", answer, StringComparison.Ordinal);
        Assert.Contains("aggregated/0438.json", messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_file_goes_beside_itself()
    {
        await _folder.LinesAsync("results", "migrate", "old/lem-2/aggregated/0437.json");

        Assert.Single((await _folder.JsonAsync("results", "list", "--results-dir", "old/lem-2")).AsArray());
    }

    [Fact]
    public async Task Nothing_there_is_a_mistake()
    {
        var (code, _, messages) = await _folder.RunAsync("results", "migrate", "nowhere");

        Assert.Equal(ExitCode.UserMistake, code);
        Assert.Contains("nowhere", messages, StringComparison.Ordinal);
    }
}
