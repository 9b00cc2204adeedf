namespace Lem.Core.Configuration;

/// <summary>Prompts from a built-in alias, <c>builtin:starter</c>, any Hugging Face dataset, or a file of one (<c>org/name:file</c>).</summary>
/// <param name="Split">Null = the alias's own, else <c>train</c>, or the only one.</param>
/// <param name="Subset">The data set's configuration; null = the alias's own, else the only one, or <c>default</c>.</param>
/// <param name="Column">Column of the prompt text; null = found by its usual names.</param>
/// <param name="Seed">Of <see cref="PromptOrder.Shuffled"/>; its own, and not the run's: which prompts are taken is part of the workload.</param>
public sealed record DatasetConfig(
    string Name = "ai-energy-score",
    int? SampleSize = 100,
    string? Split = null,
    string? Subset = null,
    string? Column = null,
    PromptOrder Order = PromptOrder.AsIs,
    int Seed = 42)
{
    public IEnumerable<ConfigError> Validate()
    {
        if (Name is "")
            yield return new("name", "is required: a built-in alias or a Hugging Face dataset");
        if (SampleSize < 1)
            yield return new("sample_size", $"must be 1 or more, but is {SampleSize}");
    }
}
