using System.Globalization;

namespace Lem.Core.Results.Comparison;

/// <summary>What makes a comparison of configurations doubtful, whatever the statistics say.</summary>
static class Comparability
{
    // Energy per output token pays for the prompt too: at other lengths it is another quantity.
    const double LargestLengthRatio = 1.05;

    public static IEnumerable<Finding> Doubts(IReadOnlyList<Contender> sides) =>
        [.. Differences(sides).OfType<Finding>(), .. Energies(sides), .. Lengths(sides), .. sides.SelectMany(Windows), .. Repetitions(sides)];

    static IEnumerable<Finding?> Differences(IReadOnlyList<Contender> sides) =>
    [
        Differ(
            sides, Method, "compare_methods_differ", FindingSeverity.Invalid,
            "One energy is measured and another estimated",
            "Compare their throughput and latency; energies only by the same method."),
        Differ(
            sides, Kinds, "compare_domains_differ", FindingSeverity.Warning,
            "The totals are sums over different kinds of devices",
            "Compare energy_metrics.gpu_energy_j (--metric), or measure the same domains."),
        Differ(
            sides, window => ComparedMachine.Of(window).Name, "compare_machines_differ", FindingSeverity.Warning,
            "Measured on different machines",
            "The difference is of machine and configuration together."),
        Differ(
            sides, window => ComparedMachine.Of(window).Processor, "compare_processors_differ", FindingSeverity.Warning,
            "Measured on different processors",
            "The difference is of processor and configuration together."),
        Differ(
            sides, window => ComparedMachine.Of(window).Gpus, "compare_gpus_differ", FindingSeverity.Warning,
            "Measured on different GPUs",
            "Each sensor has a tolerance of its own (NVIDIA: ±5 %). It cancels on one device but not between two, and no interval here holds it."),
        Differ(
            sides, window => ComparedMachine.Of(window).PowerLimits, "compare_power_limits_differ", FindingSeverity.Warning,
            "Measured at different power limits",
            "nvidia-smi -pl sets them; measure again, unless the limit is what you compare."),
        Differ(
            sides, window => ComparedMachine.Of(window).Driver, "compare_drivers_differ", FindingSeverity.Warning,
            "Measured with different drivers",
            "Drivers change clocks and kernels; measure both with one."),
        Differ(
            sides, Prompts, "compare_prompts_differ", FindingSeverity.Warning,
            "Different prompts were measured",
            "Give both the same prompts and the same random_seed."),
    ];

    static IEnumerable<Finding> Energies(IReadOnlyList<Contender> sides)
    {
        if (sides.SelectMany(side => side.Windows).All(window => window.EnergyMetrics.TotalEnergyMethod == EnergyMethod.Estimated))
        {
            yield return new(
                "compare_estimated", FindingSeverity.Warning,
                "All energies are estimated from load: a difference in joules is one of busy processor time, and its interval is of repeatability alone.",
                Hint: "lem doctor says what keeps the energy from being measured.");
        }
    }

    static IEnumerable<Finding> Lengths(IReadOnlyList<Contender> sides)
    {
        List<(string Name, double Tokens)> lengths = [.. sides.Select(side => (side.Name, OutputTokensPerRequest(side)))];
        var (shortest, longest) = (lengths.MinBy(length => length.Tokens), lengths.MaxBy(length => length.Tokens));
        if (longest.Tokens > LargestLengthRatio * shortest.Tokens)
        {
            yield return new(
                "compare_lengths_differ", FindingSeverity.Warning,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Answers differ in length: {shortest.Tokens:0.#} output tokens per request in {shortest.Name}, {longest.Tokens:0.#} in {longest.Name}."),
                Hint: "--output-len gives all answers one length; else read energy per output token and per request together.");
        }
    }

    static IEnumerable<Finding> Windows(Contender side)
    {
        var bands = side.Windows.Select(window => window.ThermalThrottle.Band).ToList();
        var isInvalid = bands.Contains("invalid");
        if (isInvalid || bands.Contains("warning"))
        {
            yield return new(
                "compare_throttled", isInvalid ? FindingSeverity.Invalid : FindingSeverity.Warning,
                $"{side.Name} was slowed by heat or power delivery for more than {(isInvalid ? "half" : "a tenth")} of a window.",
                Hint: "Cool it, and measure again.");
        }

        var unfit = side.Windows.SelectMany(window => window.Findings).Where(finding => finding.Severity == FindingSeverity.Invalid);
        if (string.Join(", ", unfit.Select(finding => finding.Code).Distinct()) is { Length: > 0 } codes)
        {
            yield return new(
                "compare_invalid", FindingSeverity.Invalid,
                $"{side.Name} has findings that make it unfit for comparison: {codes}.",
                Hint: "lem results show tells what to do about each.");
        }

        if (side.Windows.Any(window => window.Partial))
        {
            yield return new(
                "compare_partial", FindingSeverity.Warning,
                $"A window of {side.Name} was cut short: it measured other requests than the rest.",
                Hint: "Measure it again.");
        }
    }

    static IEnumerable<Finding> Repetitions(IReadOnlyList<Contender> sides)
    {
        List<string> once = [.. sides.Where(side => side.Repetitions < 2).Select(side => side.Name)];
        if (once.Count > 0)
        {
            yield return new(
                "compare_single_cycle", FindingSeverity.Warning,
                $"Measured once: {string.Join(", ", once)}. Without repetition there is neither interval nor test: the ratio may be chance.",
                Hint: "--cycles 5, or more.");
        }
        else if (sides.All(side => side.Loads.Count == 1))
        {
            yield return new(
                "compare_one_load_each", FindingSeverity.Info,
                "Each configuration was loaded once, one after the other: what differs from load to load, or drifted in between, is in the "
                    + "difference and not in its interval.",
                Hint: "A campaign that interleaves them tells the two apart.");
        }
    }

    static string? Method(ExperimentResult window) =>
        window.EnergyMetrics.TotalEnergyMethod is { } method ? method == EnergyMethod.Estimated ? "estimated" : "measured" : null;

    static string? Kinds(ExperimentResult window)
    {
        var kinds = window.EnergyBreakdown.Domains.Where(domain => domain.RawJ is not null).Select(domain => domain.Domain).Distinct().Order().ToList();
        return kinds.Count == 0 ? null : string.Join(" + ", kinds).ToLowerInvariant();
    }

    // The start of a hash is enough for people, as with commits.
    static string? Prompts(ExperimentResult window) =>
        window.Dataset.PromptSetSha256 is { Length: > 0 } hash ? hash[..Math.Min(8, hash.Length)] : null;

    static double OutputTokensPerRequest(Contender side)
    {
        var work = side.Windows.Select(window => window.InferenceMetrics).ToList();
        return work.Sum(one => one.OutputTokens) / Math.Max(1.0, work.Sum(one => one.Requests - one.FailedRequests));
    }

    /// <summary>A finding, "what: x (a, b); y (c)", where sides differ in a fact; none where they agree, or do not tell.</summary>
    static Finding? Differ(
        IReadOnlyList<Contender> sides, Func<ExperimentResult, string?> fact, string code, FindingSeverity severity, string what, string hint)
    {
        var facts = (
            from side in sides
            from window in side.Windows
            let value = fact(window)
            where value is not null
            group side.Name by value).ToList();
        return facts.Count < 2 ? null : new(
            code, severity, $"{what}: {string.Join("; ", facts.Select(names => $"{names.Key} ({string.Join(", ", names.Distinct())})"))}.", Hint: hint);
    }
}
