using Lem.Core;
using Xunit;

namespace Lem.Tests.Measurement.Hub.Datasets;

/// <summary>Data sets that are read from a file of their repository.</summary>
public sealed class DatasetFileTests : IDisposable
{
    readonly DatasetBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Sharegpt_is_a_file_of_conversations_and_the_prompt_what_the_person_says_first()
    {
        var set = _bench.Server.Dataset("anon8231489123/ShareGPT_Vicuna_unfiltered");
        set.Large("ShareGPT_V3_unfiltered_cleaned_split.json", """
            [{"id": "a", "conversations": [{"from": "gpt", "value": "Hello"}, {"from": "human", "value": "What is a joule?"}, {"from": "human", "value": "And a watt?"}]},
             {"id": "b", "conversations": [{"from": "gpt", "value": "I begin"}]},
             {"id": "c", "conversations": [{"role": "user", "content": "Tell me more."}]}]
            """u8.ToArray());

        var prompts = await _bench.ReadAsync("sharegpt", wanted: null);

        Assert.Equal(["What is a joule?", "Tell me more."], prompts.Texts);
        Assert.Equal((set.Commit, 3), (prompts.Revision, prompts.Rows));
        Assert.Equal(prompts.Texts, (await _bench.ReadAsync("sharegpt", wanted: 2, settings: _bench.Hub.Offline)).Texts);
        Assert.True(File.Exists(_bench.Hub.Cached("datasets--anon8231489123--ShareGPT_Vicuna_unfiltered", "snapshots", set.Commit, "ShareGPT_V3_unfiltered_cleaned_split.json")));
    }

    [Theory]
    [InlineData("train.jsonl", "{\"prompt\": \"one\"}\n{\"prompt\": null}\n{\"other\": 1}\n{\"prompt\": \"two\"}\n")]
    [InlineData("train.json", "  {\"prompt\": \"one\"}\n{\"prompt\": \"two\"}\n")]
    [InlineData("data/train.csv", "id,prompt\n1,one\n2,\n3,\"two\"\n")]
    public async Task What_the_viewer_does_not_serve_is_read_from_its_file(string name, string content)
    {
        var set = _bench.Server.Dataset("org/set");
        set.Small("README.md", "about");
        set.Small("dataset_infos.json", "{}");
        set.Small(name, content);

        var prompts = await _bench.ReadAsync("org/set", wanted: null);

        Assert.Equal(["one", "two"], prompts.Texts);
        Assert.Equal(set.Commit, prompts.Revision);
    }

    [Fact]
    public async Task A_file_can_be_named()
    {
        var set = _bench.Serve("org/set", 10);
        set.Small("a.jsonl", """{"text": "a"}""");
        set.Small("b.jsonl", """{"text": "b"}""");

        Assert.Equal(["b"], (await _bench.ReadAsync("org/set:b.jsonl", 1)).Texts);
        var error = await Assert.ThrowsAsync<LemException>(() => _bench.ReadAsync("org/set:c.jsonl", 1));
        Assert.Equal(("the data set org/set has no file c.jsonl", "It has: a.jsonl, b.jsonl."), (error.Message, error.Hint));
    }

    [Fact]
    public async Task Parquet_alone_is_an_error_that_names_the_way_to_json_lines()
    {
        _bench.Server.Dataset("org/set").Large("data/train-00000-of-00001.parquet", [1, 2, 3]);

        var error = await Assert.ThrowsAsync<LemException>(() => _bench.ReadAsync("org/set", 1));

        Assert.Contains("Parquet cannot", error.Message, StringComparison.Ordinal);
        Assert.Contains("load_dataset(\"org/set\", split=\"train\").to_json(\"prompts.jsonl\"); then -p prompts.jsonl", error.Hint, StringComparison.Ordinal);
    }
}
