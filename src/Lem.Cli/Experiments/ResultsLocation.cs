using Lem.Core.Configuration;
using Lem.Core.Results.Storage;

namespace Lem.Cli.Experiments;

/// <summary>Where results go: <c>--results-dir</c>, then <c>io.results_dir</c>, then the environment, then settings, then <c>results/</c>.</summary>
static class ResultsLocation
{
    /// <param name="given">Value of <c>--results-dir</c>, or null.</param>
    /// <param name="config">The experiment, for commands that have one.</param>
    public static ResultsDirectory Resolve(CliHost host, string? given, ExperimentConfig? config = null)
    {
        // LLM_ENERGY_RESULTS_DIR is what earlier tools of this kind read.
        var folder = given
            ?? config?.Io.ResultsDir
            ?? host.Variable("LEM_RESULTS_DIR")
            ?? host.Variable("LLM_ENERGY_RESULTS_DIR")
            ?? new ConfigLoader(host.Environment).LoadSettings().ResultsDir
            ?? "results";
        return new ResultsDirectory(Path.Combine(host.WorkingDirectory, folder));
    }

    /// <summary>What a later command must add to find the same folder: nothing where it would look there by itself.</summary>
    public static string Flag(CliHost host, ResultsDirectory results) =>
        Resolve(host, given: null).Root == results.Root ? "" : $" --results-dir {Path.GetRelativePath(host.WorkingDirectory, results.Root)}";
}
