using System.Text.RegularExpressions;
using Lem.Tests.Shared;

namespace Lem.Tests.Documentation;

/// <summary>One page for people: its links, its headings, and the commands it tells them to type.</summary>
sealed partial class Document(string path, string text)
{
    /// <summary>Relative to the repository, with forward slashes.</summary>
    public string Path { get; } = path;

    public string Text { get; } = text;

    /// <summary>Every page of the repository: those at its root and those under docs.</summary>
    public static IReadOnlyList<Document> All { get; } =
    [
        .. Directory.EnumerateFiles(Repository.Root, "*.md")
            .Concat(Directory.EnumerateFiles(System.IO.Path.Combine(Repository.Root, "docs"), "*.md", SearchOption.AllDirectories))
            .Select(file => System.IO.Path.GetRelativePath(Repository.Root, file).Replace('\\', '/'))
            .Order(StringComparer.Ordinal)
            .Select(Read),
    ];

    public static Document Read(string path) => new(path, File.ReadAllText(System.IO.Path.Combine(Repository.Root, path)));

    /// <summary>Targets of the links that lead somewhere within the repository.</summary>
    public IEnumerable<string> RelativeLinks =>
        from Match link in Link().Matches(WithoutFences)
        let target = link.Groups["target"].Value
        where !target.Contains("://", StringComparison.Ordinal) && !target.StartsWith("mailto:", StringComparison.Ordinal)
        select target;

    /// <summary>The anchors its headings have: lower case, hyphens for spaces, other signs left out.</summary>
    public IReadOnlySet<string> Anchors =>
        (from Match heading in Heading().Matches(WithoutFences)
         let words = heading.Groups["text"].Value.Trim().ToLowerInvariant()
         select string.Concat(words.Where(c => char.IsLetterOrDigit(c) || c is ' ' or '-' or '_')).Replace(' ', '-'))
        .ToHashSet(StringComparer.Ordinal);

    /// <summary>What stands after <c>lem</c> or <c>./lem</c> in its shell blocks, a command each.</summary>
    public IEnumerable<string> LemCommands =>
        from Match block in ShellBlock().Matches(Text)
        from line in block.Groups["body"].Value.Split('\n')
        let command = LemCall().Match(line)
        where command.Success
        select command.Groups["rest"].Value.Trim();

    /// <summary>The texts of its YAML blocks.</summary>
    public IEnumerable<string> YamlBlocks => YamlBlock().Matches(Text).Select(block => block.Groups["body"].Value);

    /// <summary>Whether a word stands somewhere in code style.</summary>
    public bool NamesInCode(string word) => Text.Contains($"`{word}`", StringComparison.Ordinal);

    string WithoutFences => Fence().Replace(Text, "");

    [GeneratedRegex(@"\[[^\]]*\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^#{1,6} (?<text>.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"^```sh\n(?<body>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex ShellBlock();

    [GeneratedRegex(@"^```yaml\n(?<body>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex YamlBlock();

    [GeneratedRegex(@"^(\./)?lem(?<rest>( .*?)?)( +#.*)?$")]
    private static partial Regex LemCall();
}
