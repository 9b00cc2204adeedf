using Lem.Core;
using Lem.Core.Configuration;
using Lem.Measurement.Hub.Datasets;
using Xunit;

namespace Lem.Tests.Measurement.Hub.Datasets;

public sealed class DatasetChoiceTests
{
    [Theory]
    [InlineData(null, null, "only/train only/test", "only", "train")]
    [InlineData(null, null, "a/train default/train", "default", "train")]
    [InlineData(null, null, "only/test", "only", "test")]
    [InlineData("b", "test", "a/train b/train b/test", "b", "test")]
    public void What_is_not_named_is_the_usual_or_the_only_one(string? subset, string? split, string there, string chosenSubset, string chosenSplit) =>
        Assert.Equal((chosenSubset, chosenSplit), Choose(subset, split, there));

    [Theory]
    [InlineData(null, null, "a/train b/train", "the data set org/set has several subsets", "Name one (dataset.subset): a, b.")]
    [InlineData("c", null, "a/train b/train", "the data set org/set has no subset c", "It has: a, b.")]
    [InlineData(null, "dev", "a/train a/test", "the data set org/set has no split dev", "It has: test, train.")]
    [InlineData(null, null, "a/dev a/test", "the data set org/set has several splits", "Name one (dataset.split): dev, test.")]
    public void What_is_not_clear_is_an_error_with_the_choice(string? subset, string? split, string there, string message, string hint)
    {
        var error = Assert.Throws<LemException>(() => Choose(subset, split, there));

        Assert.Equal((message, hint), (error.Message, error.Hint));
    }

    [Theory]
    [InlineData("data.jsonl", null, null, "data.jsonl")]
    [InlineData("train.jsonl test.jsonl", null, null, "train.jsonl")]
    [InlineData("train.jsonl test.jsonl", null, "test", "test.jsonl")]
    [InlineData("en/train.json de/train.json", "de", null, "de/train.json")]
    [InlineData("README.md dataset_info.json rows.csv", null, null, "rows.csv")]
    public void The_file_that_fits_is_read(string files, string? subset, string? split, string file) =>
        Assert.Equal(file, DatasetChoice.File(Set(subset, split), files.Split(' ')));

    [Fact]
    public void Of_several_files_one_has_to_be_named()
    {
        var error = Assert.Throws<LemException>(() => DatasetChoice.File(Set(), ["b.jsonl", "a.jsonl", "c.parquet"]));

        Assert.Equal("Name one of them (-d org/set:FILE): a.jsonl, b.jsonl.", error.Hint);
    }

    [Theory]
    [InlineData("../other")]
    [InlineData("org/name/more")]
    [InlineData("")]
    [InlineData("org/na me")]
    [InlineData("org/..")]
    public void A_name_that_no_repository_can_have_is_the_users_mistake(string name) =>
        Assert.Throws<ConfigException>(() => DatasetReference.Of(new(name)));

    static (string, string) Choose(string? subset, string? split, string there) =>
        DatasetChoice.Choose(Set(subset, split), [.. there.Split(' ').Select(both => (both.Split('/')[0], both.Split('/')[1]))]);

    static DatasetReference Set(string? subset = null, string? split = null) => DatasetReference.Of(new("org/set", split, subset));
}
