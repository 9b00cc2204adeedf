using Lem.Measurement.Linux;

namespace Lem.Tests.Measurement.Linux;

/// <summary>A temporary folder that stands for the root of a machine.</summary>
sealed class FolderTree : IDisposable
{
    readonly string _root = Directory.CreateTempSubdirectory("lem-tree-").FullName;

    public LinuxTree Tree => new(_root);

    public FolderTree With(string relative, string text)
    {
        var path = PathOf(relative);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!); // below the root, so that there is one
        File.WriteAllText(path, text + "\n");
        return this;
    }

    public string PathOf(string relative) => Path.Combine(_root, relative);

    public void Dispose() => Directory.Delete(_root, recursive: true);
}
