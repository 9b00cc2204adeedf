using FsCheck;
using FsCheck.Fluent;
using Lem.Reporting.Tables;
using Xunit;

namespace Lem.Tests.Reporting.Tables;

public class ParagraphTests
{
    [Fact]
    public void Lines_break_at_spaces() => Assert.Equal(["one two", "three"], Paragraph.Wrap("one two three", 8));

    [Fact]
    public void A_word_that_is_too_long_stays_whole() => Assert.Equal(["a", "/very/long/path", "b"], Paragraph.Wrap("a /very/long/path b", 6));

    [Fact]
    public void No_word_is_lost() =>
        Prop.ForAll<NonEmptyString, PositiveInt>((text, width) =>
        {
            var words = text.Get.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            return Paragraph.Wrap(text.Get, width.Get).SelectMany(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).SequenceEqual(words);
        }).QuickCheckThrowOnFailure();
}
