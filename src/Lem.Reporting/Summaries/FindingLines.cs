using Lem.Core.Results;
using Lem.Reporting.Tables;

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
            Add(lines, $"  {Mark(finding.Severity)} ", $"{finding.Message} [{finding.Code}]");
            if (finding.Hint is { } hint)
                Add(lines, "      → ", hint);
        }

        return lines;
    }

    static void Add(List<string> lines, string head, string text)
    {
        foreach (var line in Paragraph.Wrap(text, PlainTable.Width - head.Length))
        {
            lines.Add(head + line);
            head = new string(' ', head.Length);
        }
    }

    static string Mark(FindingSeverity severity) => severity switch
    {
        FindingSeverity.Invalid => "✗",
        FindingSeverity.Warning => "!",
        _ => "·",
    };
}
