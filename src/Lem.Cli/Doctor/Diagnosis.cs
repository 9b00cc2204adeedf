using System.Text.Json.Nodes;
using Lem.Core.Results.Environments;
using Lem.Reporting;
using Lem.Reporting.Tables;

namespace Lem.Cli.Doctor;

/// <summary>All checks of a machine, and whether it can be measured on.</summary>
sealed record Diagnosis(EnvironmentSnapshot Machine, IReadOnlyList<Check> Checks)
{
    const int NameWidth = 19;

    /// <summary>Nothing failed; warnings are allowed.</summary>
    public bool Usable => Checks.All(check => check.Status != CheckStatus.Fail);

    public static Diagnosis Of(MachineFacts facts) => new(
        facts.Machine,
        [.. UsabilityChecks.Of(facts), .. EnergyChecks.Of(facts), .. SamplingChecks.Of(facts), .. StabilityChecks.Of(facts.Machine), .. ProgramChecks.Of(facts.Programs), .. DockerChecks.Of(facts.Docker)]);

    public IEnumerable<string> Lines()
    {
        yield return $"lem {Machine.LemVersion} on {Machine.Hostname ?? "this machine"}: {Machine.OperatingSystem ?? "unknown system"}, Linux {Machine.Kernel ?? "–"}";
        yield return $"{Machine.Cpu?.Model ?? "unknown processor"}, {Machine.Cpu?.UsableCpus} of {Machine.Cpu?.LogicalCpus} CPUs usable, {Figures.Si(Machine.Memory?.TotalBytes, "B")} memory";
        yield return "";
        foreach (var line in Checks.SelectMany(Render))
            yield return line;
        yield return "";
        yield return Usable
            ? $"usable: lem experiment can measure here ({Checks.Count(check => check.Status == CheckStatus.Warning)} warnings)"
            : $"not usable: {string.Join(", ", Checks.Where(check => check.Status == CheckStatus.Fail).Select(check => check.Name))}";
    }

    public JsonObject Json() => new()
    {
        ["usable"] = Usable,
        ["checks"] = new JsonArray([.. Checks.Select(check => new JsonObject
        {
            ["name"] = check.Name,
            ["status"] = check.Status.ToString().ToLowerInvariant(),
            ["message"] = check.Message,
            ["fix"] = check.Fix,
        })]),
    };

    static IEnumerable<string> Render(Check check)
    {
        var margin = new string(' ', NameWidth + 4);
        var head = $"  {Mark(check.Status)} {check.Name.PadRight(NameWidth)}";
        foreach (var line in Paragraph.Wrap(check.Message, PlainTable.Width - margin.Length))
        {
            yield return head + line;
            head = margin;
        }

        // In one piece, so that a command can be copied.
        if (check.Fix is { } fix)
            yield return $"{margin}→ {fix}";
    }

    static char Mark(CheckStatus status) => status switch
    {
        CheckStatus.Pass => '✓',
        CheckStatus.Warning => '!',
        CheckStatus.Fail => '✗',
        _ => '·',
    };
}
