using Lem.Reporting;

namespace Lem.Cli.Doctor;

/// <summary>What must be so that anything can be measured: an engine, and a place for results.</summary>
static class UsabilityChecks
{
    const long LeastFreeBytes = 50_000_000;
    const long ComfortableFreeBytes = 1_000_000_000;

    // The time series of eight GPUs at its fastest is some 100 kB/s, requests add as much.
    const double SlowBytesPerSecond = 2_000_000;

    public static IEnumerable<Check> Of(MachineFacts facts)
    {
        var engine = facts.Embedded;
        yield return engine.Usable
            ? new("embedded engine", CheckStatus.Pass, $"{engine.Version} in {engine.Location}")
            : new("embedded engine", CheckStatus.Fail, engine.Missing ?? "not found", engine.Fix);
        yield return facts.Programs.GetValueOrDefault("npm") is { } npm
            ? new("npm", CheckStatus.Pass, npm)
            : new("npm", engine.Usable ? CheckStatus.Info : CheckStatus.Warning, "not found: a build from source fetches the embedded engine with it", "Install Node.js 20 or later.");
        yield return Folder("results", facts.Results, CheckStatus.Fail, "Choose another folder: --results-dir, or the variable LEM_RESULTS_DIR.");
        yield return Folder("model cache", facts.Models, CheckStatus.Warning, "Choose another folder for made models with the variable XDG_CACHE_HOME.");
    }

    static Check Folder(string name, FolderFacts folder, CheckStatus whenUnusable, string fix) => folder switch
    {
        { Problem: { } problem } => new(name, whenUnusable, $"{folder.Path} cannot be written to: {problem}", fix),
        { FreeBytes: < LeastFreeBytes } => new(name, whenUnusable, $"{folder.Path}: only {Figures.Si(folder.FreeBytes, "B")} free", $"Free some space. {fix}"),
        { FreeBytes: < ComfortableFreeBytes } => new(name, CheckStatus.Warning, $"{folder.Path}: {Figures.Si(folder.FreeBytes, "B")} free", $"Free some space. {fix}"),
        { FreeBytes: { } free, BytesPerSecond: < SlowBytesPerSecond } => new(
            name, CheckStatus.Warning, $"{folder.Path}: writable, {Figures.Si(free, "B")} free, but only {Figures.Si(folder.BytesPerSecond, "B/s")} reach the disk", fix),
        { FreeBytes: { } free, BytesPerSecond: { } speed } => new(name, CheckStatus.Pass, $"{folder.Path}: writable, {Figures.Si(free, "B")} free, {Figures.Si(speed, "B/s")}"),
        { FreeBytes: { } free } => new(name, CheckStatus.Pass, $"{folder.Path}: writable, {Figures.Si(free, "B")} free"),
        _ => new(name, CheckStatus.Pass, $"{folder.Path}: writable"),
    };
}
