using Lem.Core.Results;
using Lem.Reporting.Tables;

namespace Lem.Reporting.Summaries;

/// <summary>Findings for people: the gravest first, each with what to do about it.</summary>
public static class FindingLines
{
    // A few devices may each have their own; twenty metrics that vary are one thing to know.
    const int ShownOfAKind = 3;

    public static IReadOnlyList<string> Render(IReadOnlyList<Finding> findings)
    {
        if (findings.Count == 0)
            return [];
        var lines = new List<string> { "" };
        foreach (var kind in findings.OrderByDescending(f => f.Severity).GroupBy(f => f.Code).Select(kind => kind.ToList()))
        {
            if (kind.Count <= ShownOfAKind)
                kind.ForEach(finding => Add(lines, finding, finding.Code));
            else
                Add(lines, kind[0], $"{kind[0].Code}, and {kind.Count - 1} more of this kind");
        }

        return lines;
    }

    static void Add(List<string> lines, Finding finding, string kind)
    {
        Add(lines, $"  {Mark(finding.Severity)} ", $"{finding.Message} [{kind}]");
        if (finding.Hint is { } hint)
            Add(lines, "      → ", hint);
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
