using Xunit;
using Xunit.Sdk;

namespace Lem.Tests.Shared;

public sealed class PartsTests
{
    [Fact]
    public void A_part_that_is_there_lets_the_test_go_on() => Parts.Require(present: true, "a part", "get it", requireAll: true);

    [Fact]
    public void A_missing_part_skips_and_says_why()
    {
        // Not Assert.Throws: it lets the exception of a skip pass, and this test would itself be skipped.
        try
        {
            Parts.Require(present: false, "a part", "get it", requireAll: false);
        }
        catch (SkipException exception)
        {
            Assert.EndsWith("a part is missing: get it", exception.Message, StringComparison.Ordinal);
            return;
        }

        Assert.Fail("the test went on without its part");
    }

    [Fact]
    public void A_missing_part_fails_where_all_parts_are_required()
    {
        var exception = Assert.Throws<FailException>(() => Parts.Require(present: false, "a part", "get it", requireAll: true));

        Assert.Equal("a part is missing although LEM_REQUIRE_ALL=1: get it", exception.Message);
    }

    [Fact]
    public void A_program_is_found_on_the_path() => Assert.Equal("sh", Path.GetFileName(Parts.RequireProgram("sh", "is in every system")));
}
