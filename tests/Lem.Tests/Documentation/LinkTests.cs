using Lem.Tests.Shared;
using Xunit;

namespace Lem.Tests.Documentation;

public sealed class LinkTests
{
    [Fact]
    public void Every_relative_link_leads_to_a_file_and_a_heading()
    {
        var broken =
            from page in Document.All
            from link in page.RelativeLinks
            where !Leads(page, link)
            select $"{page.Path}: {link}";

        Assert.Empty(broken);
    }

    [Theory]
    [InlineData("#no-such-heading")]
    [InlineData("no-such-page.md")]
    [InlineData("quickstart.md#no-such-heading")]
    public void A_link_to_nowhere_is_noticed(string link) => Assert.False(Leads(Document.Read("docs/troubleshooting.md"), link));

    static bool Leads(Document page, string link)
    {
        var (path, anchor) = link.IndexOf('#', StringComparison.Ordinal) is >= 0 and var hash ? (link[..hash], link[(hash + 1)..]) : (link, null);
        var target = path.Length == 0
            ? page.Path
            : Path.GetRelativePath(Repository.Root, Path.GetFullPath(path, Path.Combine(Repository.Root, Path.GetDirectoryName(page.Path) ?? "")));
        var file = Path.Combine(Repository.Root, target);
        return anchor is null
            ? File.Exists(file) || Directory.Exists(file)
            : File.Exists(file) && Document.Read(target).Anchors.Contains(anchor);
    }
}
