namespace Lem.Tests.Core.Configuration;

/// <summary>The ```yaml blocks of the seed documents, where they stand beside the checkout.</summary>
static class SeedBlocks
{
    /// <summary>Name and text of each block, or null without a seeds folder.</summary>
    public static IReadOnlyList<(string Name, string Text)>? All()
    {
        if (Checkout.Root() is not { } root)
            return null;
        var folder = new[] { "../shared/seeds", "../../shared/seeds" }
            .Select(path => Path.GetFullPath(path, root))
            .FirstOrDefault(Directory.Exists);
        return folder is null ? null : [.. Directory.GetFiles(folder, "*.txt").Order().SelectMany(BlocksOf)];
    }

    /// <summary>The files of a block: one, or several where comments name them (<c># configs/base.yaml</c>).</summary>
    public static IEnumerable<(string File, string Content)> FilesOf(string block)
    {
        var file = "block.yaml";
        var lines = new List<string>();
        foreach (var line in block.Split('\n'))
        {
            if (line.StartsWith("# ", StringComparison.Ordinal) && line.EndsWith(".yaml", StringComparison.Ordinal) && !line[2..].Contains(' ', StringComparison.Ordinal))
            {
                if (lines.Any(text => text.Trim().Length > 0))
                    yield return (file, string.Join('\n', lines));
                file = line[2..];
                lines.Clear();
            }
            else
            {
                lines.Add(line);
            }
        }
        yield return (file, string.Join('\n', lines));
    }

    static IEnumerable<(string Name, string Text)> BlocksOf(string file)
    {
        List<string>? block = null;
        var start = 0;
        var number = 0;
        foreach (var line in File.ReadLines(file))
        {
            number++;
            if (block is null && line.TrimEnd() == "```yaml")
                (block, start) = ([], number);
            else if (block is not null && line.TrimEnd() == "```")
            {
                yield return ($"{Path.GetFileName(file)}:{start}", string.Join('\n', block));
                block = null;
            }
            else
                block?.Add(line);
        }
    }
}
