using Lem.Cli.Doctor;
using Lem.Tests.Core.Results.Storage;
using Xunit;

namespace Lem.Tests.Cli.Doctor;

public class FolderFactsTests
{
    [Fact]
    public void A_folder_is_tried_and_left_as_it_was()
    {
        using var scratch = new ScratchDirectory();

        var facts = FolderFacts.Probe(scratch.Path, TimeProvider.System);

        Assert.Null(facts.Problem);
        Assert.True(facts.FreeBytes > 0);
        Assert.True(facts.BytesPerSecond > 0);
        Assert.Empty(Directory.EnumerateFileSystemEntries(scratch.Path));
    }

    [Fact]
    public void A_folder_that_does_not_exist_is_not_made()
    {
        using var scratch = new ScratchDirectory();

        Assert.Null(FolderFacts.Probe(scratch["a/b/results"], TimeProvider.System).Problem);
        Assert.Empty(Directory.EnumerateFileSystemEntries(scratch.Path));
    }

    [Fact]
    public void Below_a_file_there_is_no_folder()
    {
        using var scratch = new ScratchDirectory();
        File.WriteAllText(scratch["results"], "");

        Assert.Equal($"{scratch["results"]} is a file", FolderFacts.Probe(scratch["results/raw"], TimeProvider.System).Problem);
    }
}
