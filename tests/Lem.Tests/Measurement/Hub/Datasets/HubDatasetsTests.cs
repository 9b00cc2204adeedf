using System.Globalization;
using Lem.Core;
using Lem.Measurement.Hub.Datasets;
using Lem.Measurement.Load.Prompts;
using Lem.Tests.Shared.Hub;
using Xunit;

namespace Lem.Tests.Measurement.Hub.Datasets;

public sealed class HubDatasetsTests : IDisposable
{
    readonly DatasetBench _bench = new();

    public void Dispose() => _bench.Dispose();

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Only_as_many_rows_are_asked_for_as_are_wanted()
    {
        var set = _bench.Serve("org/set", 1000);

        var prompts = await _bench.ReadAsync("org/set", wanted: 150, spare: 40);

        Assert.Equal([.. Enumerable.Range(0, 190).Select(i => $"row {i}")], prompts.Texts);
        Assert.Equal((set.Commit, 1000, "question"), (prompts.Revision, prompts.Rows, prompts.Column));
        Assert.Equal(["offset=0&length=100", "offset=100&length=100"], _bench.RowCalls());
    }

    [Fact]
    public async Task The_revision_is_that_of_the_rows_and_not_of_the_repository()
    {
        _bench.Serve("org/set", 10).ViewerCommit = new('b', 40);

        Assert.Equal(new string('b', 40), (await _bench.ReadAsync("org/set", 5)).Revision);
    }

    [Fact]
    public async Task What_was_read_once_needs_no_network()
    {
        _bench.Serve("org/set", 1000);
        var first = await _bench.ReadAsync("org/set", 150, spare: 20);
        var requests = _bench.Server.Requests.Count;

        var again = await _bench.ReadAsync("org/set", 150, spare: 20);
        var fewer = await _bench.ReadAsync("org/set", 10, spare: 20, settings: _bench.Hub.Offline);

        Assert.Equal(requests, _bench.Server.Requests.Count);
        Assert.Equal((first.Revision, first.Rows, first.Column), (again.Revision, again.Rows, again.Column));
        Assert.Equal(first.Texts, again.Texts);
        Assert.Equal(first.Texts.Take(30), fewer.Texts);
    }

    [Fact]
    public async Task Spare_prompts_alone_are_no_reason_to_ask()
    {
        _bench.Serve("org/set", 1000);
        await _bench.ReadAsync("org/set", 90, spare: 10);
        var requests = _bench.Server.Requests.Count;

        Assert.Equal(100, (await _bench.ReadAsync("org/set", 90, spare: 64)).Texts.Count);
        Assert.Equal(requests, _bench.Server.Requests.Count);
    }

    [Fact]
    public async Task More_than_is_kept_is_added_to_it()
    {
        _bench.Serve("org/set", 1000);
        await _bench.ReadAsync("org/set", 100);

        Assert.Equal(250, (await _bench.ReadAsync("org/set", 250)).Texts.Count);

        Assert.Equal(["offset=0&length=100", "offset=0&length=100", "offset=100&length=100", "offset=200&length=100"], _bench.RowCalls());
    }

    [Fact]
    public async Task A_data_set_that_has_moved_on_is_read_anew_and_the_old_state_stays_for_who_names_it()
    {
        var set = _bench.Serve("org/set", 300);
        var old = await _bench.ReadAsync("org/set", 100);
        set.Rows["default/train"] = DatasetBench.Rows(300, i => $"new {i}");
        set.Commit = new('c', 40);

        var kept = await _bench.ReadAsync("org/set", 50);
        var more = await _bench.ReadAsync("org/set", 200);
        var then = await _bench.ReadAsync("org/set", 100, revision: old.Revision);

        Assert.Equal((old.Revision, "row 0"), (kept.Revision, kept.Texts[0]));
        Assert.Equal((set.Commit, "new 0"), (more.Revision, more.Texts[0]));
        Assert.Equal(old.Texts, then.Texts);
    }

    [Fact]
    public async Task Shuffled_rows_are_drawn_by_seed_alone()
    {
        _bench.Serve("org/set", 5000);

        var prompts = await _bench.ReadAsync("org/set", 6, spare: 2, shuffle: true);

        int[] drawn = [.. PromptShuffle.Draw(5000, 42).Take(8)];
        Assert.Equal(drawn.Select(row => $"row {row}"), prompts.Texts);
        // The first page tells how many there are.
        Assert.Equal(drawn.Select(row => row / 100).Append(0).Distinct().Order(), _bench.RowCalls().Select(call => int.Parse(call.Split('=', '&')[1], CultureInfo.InvariantCulture) / 100).Order());
    }

    [Fact]
    public async Task Rows_without_a_prompt_are_passed_over()
    {
        var set = _bench.Serve("org/set", 0);
        set.Rows["default/train"] = DatasetBench.Rows(300, i => i % 2 == 0 ? " " : $"row {i}");

        Assert.Equal(["row 1", "row 3", "row 5"], (await _bench.ReadAsync("org/set", 3)).Texts);
        Assert.Equal(150, (await _bench.ReadAsync("org/set", wanted: null)).Texts.Count);
    }

    [Fact]
    public async Task More_prompts_than_rows_is_an_error_before_they_are_read()
    {
        _bench.Serve("org/set", 300);

        var error = await Assert.ThrowsAsync<LemException>(() => _bench.ReadAsync("org/set", 301));

        Assert.Equal("the data set org/set holds 300 rows, but 301 prompts were asked for", error.Message);
        Assert.Equal("Ask for at most 300 (-n 300), or name a larger source.", error.Hint);
        Assert.Single(_bench.RowCalls());
    }

    [Theory]
    [InlineData("alpaca", "tatsu-lab/alpaca", "default/train", "instruction")]
    [InlineData("ai-energy-score", "AIEnergyScore/text_generation", "default/train", "text")]
    [InlineData("gsm8k", "openai/gsm8k", "main/train", "question")]
    [InlineData("mmlu", "cais/mmlu", "all/test", "question")]
    public async Task An_alias_knows_its_subset_split_and_column(string alias, string id, string rows, string column)
    {
        var set = _bench.Server.Dataset(id);
        set.Rows["other/dev"] = DatasetBench.Rows(3, i => "wrong");
        if (alias is "alpaca" or "ai-energy-score")
            set.Rows.Clear();
        set.Rows[rows] = DatasetBench.Rows(3, i => $"right {i}", column, "text2");

        Assert.Equal(["right 0", "right 1", "right 2"], (await _bench.ReadAsync(alias, 3)).Texts);
    }

    [Fact]
    public async Task What_is_said_beside_an_alias_wins()
    {
        var set = _bench.Server.Dataset("openai/gsm8k");
        set.Rows["main/train"] = DatasetBench.Rows(3, i => "wrong");
        set.Rows["socratic/test"] = DatasetBench.Rows(3, i => $"right {i}", "answer", "other");

        var reference = DatasetReference.Of(new("gsm8k", Split: "test", Subset: "socratic", Column: "answer"));

        Assert.Equal(["right 0"], (await _bench.ReadAsync(reference, 1)).Texts);
    }

    [Fact]
    public async Task Offline_what_is_not_kept_is_an_error_that_names_its_folder()
    {
        var error = await Assert.ThrowsAsync<LemException>(() => _bench.ReadAsync("alpaca", 5, settings: _bench.Hub.Offline));

        Assert.Equal(
            $"these prompts of the data set tatsu-lab/alpaca are not kept in {Path.Combine(_bench.Hub.Home, "lem", "datasets", "tatsu-lab--alpaca")}, and HF_HUB_OFFLINE forbids to fetch them",
            error.Message);
        Assert.Empty(_bench.Server.Requests);
    }

    [Fact]
    public async Task A_gated_data_set_is_told_by_the_hub_itself()
    {
        _bench.Server.Mischief = _ => Mischief.Refusal(403, "GatedRepo");

        Assert.StartsWith("the data set org/set is gated", (await Assert.ThrowsAsync<LemException>(() => _bench.ReadAsync("org/set", 5))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_came_before_a_failure_is_not_asked_for_again()
    {
        _bench.Serve("org/set", 1000);
        _bench.Server.Mischief = request => request.Target.Contains("offset=200", StringComparison.Ordinal) ? new(Status: 503) : null;
        await Assert.ThrowsAsync<LemException>(() => _bench.ReadAsync("org/set", 300));
        _bench.Server.Mischief = _ => null;

        Assert.Equal(300, (await _bench.ReadAsync("org/set", 300)).Texts.Count);
        Assert.Single(_bench.RowCalls(), call => call == "offset=100&length=100");
    }

    [Fact]
    public async Task A_set_that_changes_while_it_is_read_is_no_sample_of_anything()
    {
        var set = _bench.Serve("org/set", 1000);
        _bench.Server.Mischief = request =>
        {
            if (request.Target.Contains("offset=100", StringComparison.Ordinal))
                set.ViewerCommit = new('d', 40);
            return null;
        };

        Assert.Equal("the data set org/set has changed while it was read", (await Assert.ThrowsAsync<LemException>(() => _bench.ReadAsync("org/set", 200))).Message);
    }

    [Fact]
    public async Task Kept_prompts_that_are_damaged_are_read_anew()
    {
        _bench.Serve("org/set", 10);
        await _bench.ReadAsync("org/set", 10);
        foreach (var file in Directory.GetFiles(Path.Combine(_bench.Hub.Home, "lem"), "*.jsonl", SearchOption.AllDirectories))
            await File.WriteAllTextAsync(file, "{\"dataset\":", Cancellation);

        Assert.Equal(10, (await _bench.ReadAsync("org/set", 10)).Texts.Count);
    }

    [Fact]
    public async Task A_column_that_holds_no_text_is_named()
    {
        var set = _bench.Serve("org/set", 0);
        set.Rows["default/train"] = [new() { ["prompt"] = 3 }];

        var error = await Assert.ThrowsAsync<LemException>(() => _bench.ReadAsync("org/set", 1));

        Assert.Equal("org/set: row 0: prompt is Number, neither text nor a conversation", error.Message);
    }

    [Fact]
    public async Task A_missing_column_is_told_with_those_there_are()
    {
        _bench.Serve("org/set", 0).Rows["default/train"] = DatasetBench.Rows(1, i => "x", "title", "body");

        var error = await Assert.ThrowsAsync<LemException>(() => _bench.ReadAsync("org/set", 1));

        Assert.Contains("none of the usual columns", error.Message, StringComparison.Ordinal);
        Assert.Contains("title, body", error.Hint, StringComparison.Ordinal);
    }
}
