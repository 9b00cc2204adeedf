using Lem.Core;
using Lem.Core.Results.Storage;
using Xunit;

namespace Lem.Tests.Core.Results.Storage;

public sealed class AtomicFileTests : IDisposable
{
    readonly ScratchDirectory _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void A_file_is_replaced_whole_and_nothing_is_left_behind()
    {
        var path = _scratch["sub/result.json"];

        AtomicFile.Write(path, "the first, and longer, content"u8);
        AtomicFile.Write(path, "second"u8);

        Assert.Equal("second", File.ReadAllText(path));
        Assert.Equal([path], Directory.EnumerateFileSystemEntries(_scratch["sub"]));
    }

    [Fact]
    public void Where_a_file_cannot_be_written_the_message_names_it_and_the_way_out()
    {
        File.WriteAllText(_scratch["file"], "");

        var error = Assert.Throws<LemException>(() => AtomicFile.Write(_scratch["file/result.json"], "x"u8));
        Assert.StartsWith(_scratch["file/result.json"], error.Message, StringComparison.Ordinal);
        Assert.NotEmpty(error.Hint);
    }

    [Fact]
    public void A_failed_write_leaves_the_old_file_and_no_temporary_one()
    {
        // A folder of that name: the rename fails after the temporary file was written.
        Directory.CreateDirectory(_scratch["result.json/inside"]);

        Assert.Throws<LemException>(() => AtomicFile.Write(_scratch["result.json"], "x"u8));
        Assert.Equal([_scratch["result.json"]], Directory.EnumerateFileSystemEntries(_scratch.Path));
    }

    [Fact]
    public void A_full_disk_is_told_as_such()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "needs /dev/full, which only Linux has");
        using var full = new FileStream("/dev/full", FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);

        var error = DiskFailure.Explain("results/x.json", Assert.Throws<IOException>(() => full.Write("x"u8)));

        Assert.Equal("results/x.json: no space left", error.Message);
    }
}
