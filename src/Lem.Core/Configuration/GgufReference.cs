using System.Text.RegularExpressions;

namespace Lem.Core.Configuration;

/// <summary>A GGUF model of a Hugging Face repository: <c>org/repo:file.gguf</c>, or <c>org/repo:Q4_K_M</c> by its quantisation.</summary>
/// <param name="Selector">A file of the repository, or what the name of exactly one of its models holds.</param>
public sealed partial record GgufReference(string Repository, string Selector)
{
    public bool NamesFile => Selector.EndsWith(".gguf", StringComparison.OrdinalIgnoreCase);

    /// <summary>Null where the name has another form: a path, a repository without a file, a synthetic shape.</summary>
    public static GgufReference? Parse(string modelName) =>
        Form().Match(modelName) is { Success: true, Groups: var parts } ? new(parts["repository"].Value, parts["selector"].Value) : null;

    public override string ToString() => $"{Repository}:{Selector}";

    // A quantisation holds no slash; the path of a file ends in .gguf.
    [GeneratedRegex(@"^(?<repository>[A-Za-z0-9][A-Za-z0-9._-]*/[A-Za-z0-9][A-Za-z0-9._-]*):(?<selector>[A-Za-z0-9._-]+|[^:\\]+\.gguf)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
