using System.CommandLine;

namespace Lem.Cli.Commands;

/// <summary>Options every command has.</summary>
sealed class GlobalOptions
{
    public Option<bool> Verbose { get; } = new("--verbose", "-v") { Description = "Say more.", Recursive = true };

    public Option<bool> Quiet { get; } = new("--quiet", "-q") { Description = "Say only errors and the answer.", Recursive = true };

    public Option<bool> Json { get; } = new("--json") { Description = "The answer as JSON on stdout, and nothing else there.", Recursive = true };

    /// <summary>For commands that read or write results; each adds it itself.</summary>
    public Option<string?> ResultsDirectory { get; } = new("--results-dir", "-o") { Description = "Results directory.", HelpName = "folder" };
}
