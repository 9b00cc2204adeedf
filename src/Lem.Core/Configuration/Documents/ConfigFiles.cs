using System.Text;

namespace Lem.Core.Configuration.Documents;

/// <summary>Reads configuration files from disk, each with its <c>_extends</c> chain, no further than trust goes.</summary>
sealed class ConfigFiles(string workingDirectory)
{
    public const string ExtendsKey = "_extends";

    /// <summary>The file and its parents, the uppermost parent first.</summary>
    public IReadOnlyList<ConfigMapping> ReadChain(string file, Layer layer, string sourceKind)
    {
        var chain = new List<ConfigMapping>();
        var seen = new HashSet<string>();
        string? next = Path.GetFullPath(file, workingDirectory);
        while (next is not null)
        {
            var document = ReadOne(next, layer, sourceKind);
            seen.Add(RealPath.Of(next));
            chain.Insert(0, document.Without(ExtendsKey));
            next = ParentOf(document, next);
            if (next is null)
                break;
            var place = document[ExtendsKey]!.Origin.Location; // ParentOf has just read it
            if (seen.Contains(RealPath.Of(next)))
                throw Wrong(ExtendsKey, $"goes round in a circle: {Label(next)} extends itself", place);
            if (chain.Count >= Limits.ExtendsChain)
                throw Wrong(ExtendsKey, $"is a chain of more than {Limits.ExtendsChain} files", place);
            if (!IsTrusted(next, child: Path.GetFullPath(document.Origin.Location!.File, workingDirectory)))
                throw Wrong(ExtendsKey, $"leads to {Label(next)}, outside the file's own folder and the working directory", place);
        }
        return chain;
    }

    /// <summary>One file, which must be a mapping. An empty file is an empty mapping.</summary>
    public ConfigMapping ReadOne(string path, Layer layer, string sourceKind)
    {
        var label = Label(path);
        var origin = new Origin(layer, $"{sourceKind}:{label}", Location: new(label, 1, 1));
        var text = ReadText(path, new(label));
        var document = (path.EndsWith(".json", StringComparison.OrdinalIgnoreCase) ? JsonReader.Read(text, origin) : YamlReader.Read(text, origin))
            ?? new ConfigMapping(origin, []);
        return document as ConfigMapping ?? throw Wrong("", $"must be a mapping of keys, but is {document.Words}", document.Origin.Location);
    }

    string? ParentOf(ConfigMapping document, string path) => document[ExtendsKey] switch
    {
        null or ConfigScalar { IsNull: true } => null,
        ConfigScalar { Text: { Length: > 0 } parent } => Path.GetFullPath(parent, Path.GetDirectoryName(path) ?? workingDirectory),
        var other => throw Wrong(ExtendsKey, $"must be the path of one file, but is {other.Words}", other.Origin.Location),
    };

    bool IsTrusted(string parent, string child)
    {
        var real = RealPath.Of(parent);
        return IsInside(real, RealPath.Of(Path.GetDirectoryName(child) ?? workingDirectory)) || IsInside(real, RealPath.Of(workingDirectory));
    }

    static bool IsInside(string path, string folder) =>
        path.StartsWith(folder.EndsWith(Path.DirectorySeparatorChar) ? folder : folder + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    static string ReadText(string path, ConfigLocation? place)
    {
        if (Directory.Exists(path))
            throw Wrong("", "is a folder, not a file", place);
        try
        {
            using var stream = File.OpenRead(path);
            var bytes = new byte[Limits.FileBytes + 1];
            var count = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            if (count > Limits.FileBytes)
                throw Wrong("", $"is larger than {Limits.FileBytes / 1024} KiB", place);
            using var reader = new StreamReader(new MemoryStream(bytes, 0, count), Encoding.UTF8);
            return reader.ReadToEnd();
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw Wrong("", "does not exist", place);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Wrong("", "cannot be read", place);
        }
    }

    // Names inside the working directory are shown as the user would write them.
    string Label(string path)
    {
        var relative = Path.GetRelativePath(workingDirectory, path);
        return relative.StartsWith("..", StringComparison.Ordinal) ? path : relative;
    }

    static ConfigException Wrong(string path, string message, ConfigLocation? place) => new([new(path, message, Location: place)]);
}
