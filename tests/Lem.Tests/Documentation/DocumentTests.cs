using Xunit;

namespace Lem.Tests.Documentation;

public sealed class DocumentTests
{
    static readonly Document Page = new("docs/page.md", """
        # The first run
        [there](other.md#what-it-says), [outside](https://example.org/x), [here](#rapl_denied)
        ```sh
        # a comment
        ./lem experiment -m 'synthetic:15m?dtype=f32'
        lem resume                # what was stopped
        dotnet test
        ```
        ```text
        lem not-a-command [no](link.md)
        ```
        ## What it says (`really`)
        ### rapl_denied
        """);

    [Fact]
    public void Links_within_the_repository_are_found_and_others_are_not() => Assert.Equal(["other.md#what-it-says", "#rapl_denied"], Page.RelativeLinks);

    [Fact]
    public void Anchors_are_those_of_the_headings() =>
        Assert.Equal(["rapl_denied", "the-first-run", "what-it-says-really"], Page.Anchors.Order(StringComparer.Ordinal));

    [Fact]
    public void Only_what_stands_in_shell_blocks_is_a_command() => Assert.Equal(["experiment -m 'synthetic:15m?dtype=f32'", "resume"], Page.LemCommands);
}
