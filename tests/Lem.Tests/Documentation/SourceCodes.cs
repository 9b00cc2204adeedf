using System.Text.RegularExpressions;
using Lem.Tests.Shared;

namespace Lem.Tests.Documentation;

/// <summary>The stable codes that source files give to findings and to reasons, read from their text.</summary>
static partial class SourceCodes
{
    /// <summary>Codes of findings in a piece of source: the literal before a severity, or given to a method that chooses the severity.</summary>
    public static IEnumerable<string> Findings(string source) =>
        Severity().Matches(source).Concat(Band().Matches(source)).Select(match => match.Groups["code"].Value);

    /// <summary>Codes of energies that cannot be measured, in a piece of source.</summary>
    public static IEnumerable<string> Reasons(string source) =>
        Reason().Matches(source).Concat(Nvml().Matches(source)).Select(match => match.Groups["code"].Value);

    /// <summary>Codes by which a reading, a window or a part of it has no value, in a piece of source of the meter.</summary>
    public static IEnumerable<string> ReadingReasons(string source) => Missing().Matches(source).Select(match => match.Groups["code"].Value);

    /// <summary>Codes by which a field of a result is null, in a piece of source that makes results.</summary>
    public static IEnumerable<string> FieldReasons(string source) =>
        Because().Matches(source).SelectMany(call => Code().Matches(call.Groups["reason"].Value)).Select(match => match.Groups["code"].Value);

    /// <summary>Whether a piece of source makes findings, however it names them.</summary>
    public static bool MakesFindings(string source) => Maker().IsMatch(source);

    public static IReadOnlyList<(string Path, string Text)> Files { get; } =
        [.. Repository.Sources("src").Select(path => (path, File.ReadAllText(Path.Combine(Repository.Root, path))))];

    [GeneratedRegex("\"(?<code>[a-z][a-z0-9_]*)\",\\s*(?:[^;\"]*\\?\\s*)?FindingSeverity\\.")]
    private static partial Regex Severity();

    [GeneratedRegex("OfBand\\(\"(?<code>[a-z_]+)\"")]
    private static partial Regex Band();

    // The code is the only literal of the call without a space in it; the device before it is interpolated.
    [GeneratedRegex("new UnavailableReason\\([^;]*?(?<!\\$)\"(?<code>[a-z]+(?:_[a-z]+)+)\"")]
    private static partial Regex Reason();

    [GeneratedRegex("\"(?<code>nvml_[a-z_]+)\"")]
    private static partial Regex Nvml();

    // Where a reason stands: instead of a value, after another reason, or as the name of a failure.
    [GeneratedRegex("""(?:None\((?:[\w.]+, )?|\?\? |ReadFailure\.\w+ => |Reason = |Reason: |null : |"phase_stamped", )"(?<code>[a-z]+(?:_[a-z]+)+)(?=")""")]
    private static partial Regex Missing();

    // After the path: a literal, a plain name, or a call.
    [GeneratedRegex("""Because\((?:[^,;()]|\([^;]*?\))*,(?<reason>[^;]*)\);""")]
    private static partial Regex Because();

    [GeneratedRegex("(?<!\\$)\"(?<code>[a-z]+(?:_[a-z]+)+)\"")]
    private static partial Regex Code();

    [GeneratedRegex(@"new Finding\(|,\s*FindingSeverity\.\w+,")]
    private static partial Regex Maker();
}
