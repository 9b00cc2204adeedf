using FsCheck;
using FsCheck.Fluent;
using Lem.Reporting.Exports;
using Xunit;

namespace Lem.Tests.Reporting.Exports;

public class CsvRowTests
{
    [Fact]
    public void Only_fields_that_need_it_are_quoted() =>
        Assert.Equal("plain,\"a,b\",\"say \"\"hi\"\"\",\"two\nlines\",", CsvRow.Of(["plain", "a,b", "say \"hi\"", "two\nlines", ""]));

    [Fact]
    public void Every_text_comes_back_as_it_was() =>
        Prop.ForAll<NonEmptyArray<NonNull<string>>>(fields =>
        {
            var texts = fields.Get.Select(field => field.Get).ToList();
            return Parse(CsvRow.Of(texts)).SequenceEqual(texts);
        }).QuickCheckThrowOnFailure();

    static List<string> Parse(string row)
    {
        List<string> fields = [""];
        var quoted = false;
        for (var i = 0; i < row.Length; i++)
        {
            if (row[i] == '"' && quoted && i + 1 < row.Length && row[i + 1] == '"')
                fields[^1] += row[i++];
            else if (row[i] == '"')
                quoted = !quoted;
            else if (row[i] == ',' && !quoted)
                fields.Add("");
            else
                fields[^1] += row[i];
        }

        return fields;
    }
}
