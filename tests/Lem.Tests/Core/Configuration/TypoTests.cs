using Lem.Core.Configuration;
using Lem.Core.Configuration.Loading;
using Lem.Core.Configuration.Schema;
using Xunit;

namespace Lem.Tests.Core.Configuration;

public class TypoTests
{
    // Every key of every section, but for those within lists and variants.
    static IEnumerable<string> Paths =>
        ShapeWalk.Paths(ConfigShapes.Experiment).Where(path => !path.StartsWith("prompts", StringComparison.Ordinal) && !path.StartsWith("llamacpp.lora.", StringComparison.Ordinal));

    [Fact]
    public void A_slip_in_any_key_of_any_section_is_placed_and_told_what_was_meant()
    {
        using var folder = new ConfigFolder();
        foreach (var path in Paths)
        {
            var names = path.Split('.');
            var slip = names[^1].Length > 3 ? names[^1].Remove(names[^1].Length / 2, 1) : names[^1] + "x";
            if (ShapeWalk.Find(ConfigShapes.Experiment, string.Join('.', [.. names[..^1], slip])) is not null)
                continue;
            var lines = names[..^1].Append(slip).Select((name, level) => $"{new string(' ', 2 * level)}{name}:");

            var error = Assert.Single(folder.ErrorsOf(string.Join('\n', lines) + " 1\n"));

            Assert.Equal(string.Join('.', [.. names[..^1], slip]), error.Path);
            Assert.StartsWith("unknown; did you mean `", error.Message, StringComparison.Ordinal);
            Assert.Equal(new ConfigLocation("test.yaml", 2 + names.Length, 1 + (2 * (names.Length - 1))), error.Location);
        }
    }

    [Theory]
    [InlineData("batch_size", "batch_size", 0)]
    [InlineData("batch_szie", "batch_size", 1)]
    [InlineData("batchsize", "batch_size", 1)]
    [InlineData("", "abc", 3)]
    [InlineData("kitten", "sitting", 3)]
    public void Distance_counts_letters_missing_added_wrong_or_swapped(string left, string right, int distance)
    {
        Assert.Equal(distance, KeySuggestions.Distance(left, right));
        Assert.Equal(distance, KeySuggestions.Distance(right, left));
    }
}
