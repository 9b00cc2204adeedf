using System.Text.RegularExpressions;

namespace Lem.Tests.Architecture;

/// <summary>One source file as the house style sees it.</summary>
/// <param name="Path">Relative to the repository, with forward slashes: <c>src/Lem.Core/Units/Joules.cs</c>.</param>
sealed partial record SourceFile(string Path, string Text)
{
    const int MaxLines = 300;

    /// <summary>What the file does against the style, each said in words.</summary>
    public IEnumerable<string> Breaches()
    {
        var lines = Text.AsSpan().TrimEnd().Count('\n') + 1;
        if (lines > MaxLines)
            yield return $"{Path} has {lines} lines, more than {MaxLines}: find its second subject";

        var name = System.IO.Path.GetFileNameWithoutExtension(Path);
        if (name is "Program")
            yield break;

        // src/Lem.Core/Units/Joules.cs → Lem.Core.Units; what is shared among the test projects lives in Lem.Tests.Shared.
        var folders = string.Join('.', Path.Split('/')[1..^1]);
        var expected = folders.StartsWith("Shared", StringComparison.Ordinal) ? $"Lem.Tests.{folders}" : folders;
        if (Namespace().Match(Text) is not { Success: true } found)
            yield return $"{Path} has no file-scoped namespace; its folder says {expected}";
        else if (found.Groups[1].Value != expected)
            yield return $"{Path} has namespace {found.Groups[1].Value}, but its folder says {expected}";

        // A partial type's second file is Type.Part.cs.
        var type = name.Split('.')[0];
        if (!Regex.IsMatch(Text, $@"\b(class|struct|record|interface|enum|delegate .*)\s+{Regex.Escape(type)}\b"))
            yield return $"{Path} does not declare {type}: a file is named after its type";
    }

    [GeneratedRegex(@"^namespace\s+([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Namespace();
}
