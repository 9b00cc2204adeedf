using Lem.Core.Results;

namespace Lem.Reporting.Summaries;

/// <summary>Findings for people: the gravest first, each with what to do about it.</summary>
public static class FindingLines
{
    public static IReadOnlyList<string> Render(IReadOnlyList<Finding> findings)
    {
        if (findings.Count == 0)
            return [];
        var lines = new List<string> { "" };
        foreach (var finding in findings.OrderByDescending(f => f.Severity))
        {
            lines.Add($"  {Mark(finding.Severity)} {finding.Message} [{finding.Code}]");
            if (finding.Hint is { } hint)
                lines.Add($"      → {hint}");
        }

        return lines;
    }

    static string Mark(FindingSeverity severity) => severity switch
    {
        FindingSeverity.Invalid => "✗",
        FindingSeverity.Warning => "!",
        _ => "·",
    };
}
