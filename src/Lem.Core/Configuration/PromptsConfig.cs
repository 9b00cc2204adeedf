using System.Text.Json.Serialization;

namespace Lem.Core.Configuration;

/// <summary>Where prompts come from when not from <c>dataset</c>.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(FilePrompts), "file")]
[JsonDerivedType(typeof(JsonlPrompts), "jsonl")]
[JsonDerivedType(typeof(CsvPrompts), "csv")]
[JsonDerivedType(typeof(HuggingFacePrompts), "huggingface")]
[JsonDerivedType(typeof(TracePrompts), "trace")]
[JsonDerivedType(typeof(SyntheticPrompts), "synthetic")]
public abstract record PromptsConfig
{
    public abstract IEnumerable<ConfigError> Validate();

    private protected static IEnumerable<ConfigError> RequirePath(string path)
    {
        if (path is "")
            yield return new("path", "is required");
    }
}

/// <summary>A text file with one prompt per line.</summary>
public sealed record FilePrompts(string Path = "", PromptOrder Order = PromptOrder.AsIs, int Seed = 42) : PromptsConfig
{
    public override IEnumerable<ConfigError> Validate() => RequirePath(Path);
}

/// <summary>A file of JSON lines; null column = found by its usual names.</summary>
public sealed record JsonlPrompts(string Path = "", string? Column = null, PromptOrder Order = PromptOrder.AsIs, int Seed = 42) : PromptsConfig
{
    public override IEnumerable<ConfigError> Validate() => RequirePath(Path);
}

/// <summary>A CSV file with a header line; null column = found by its usual names.</summary>
public sealed record CsvPrompts(string Path = "", string? Column = null, PromptOrder Order = PromptOrder.AsIs, int Seed = 42) : PromptsConfig
{
    public override IEnumerable<ConfigError> Validate() => RequirePath(Path);
}

/// <summary>A Hugging Face dataset, by its alias, <c>org/name</c> or <c>org/name:file</c>; see <see cref="DatasetConfig"/>.</summary>
public sealed record HuggingFacePrompts(
    string Dataset = "",
    string? Split = null,
    string? Subset = null,
    string? Column = null,
    int? SampleSize = null,
    PromptOrder Order = PromptOrder.AsIs,
    int Seed = 42) : PromptsConfig
{
    public override IEnumerable<ConfigError> Validate()
    {
        if (Dataset is "")
            yield return new("dataset", "is required: a Hugging Face dataset");
        if (SampleSize < 1)
            yield return new("sample_size", $"must be 1 or more, but is {SampleSize}");
    }
}

/// <summary>Prompts with the input and output lengths of a recorded trace.</summary>
public sealed record TracePrompts(string Path = "", TraceFormat Format = TraceFormat.Azure) : PromptsConfig
{
    public override IEnumerable<ConfigError> Validate() => RequirePath(Path);
}

/// <summary>Made-up prompts of exact or distributed token counts.</summary>
/// <param name="Count">Null = <c>num_input_prompts</c>, or <see cref="UsualCount"/> where that is null too; given both, the smaller.</param>
/// <param name="OutputTokens">Null = <c>max_output_tokens</c> for every request.</param>
/// <param name="SharedPrefix">Share of each prompt's tokens that all prompts begin with, 0 to 1.</param>
public sealed record SyntheticPrompts(
    int? Count = null,
    TokenLengths? InputTokens = null,
    TokenLengths? OutputTokens = null,
    double SharedPrefix = 0,
    int Seed = 42) : PromptsConfig
{
    public const int UsualCount = 100;

    public override IEnumerable<ConfigError> Validate()
    {
        if (Count < 1)
            yield return new("count", $"must be 1 or more, but is {Count}");
        if (InputTokens is null)
            yield return new("input_tokens", "is required: a number, or {dist, mean, sd, min, max}");
        if (SharedPrefix is not (>= 0 and <= 1))
            yield return new("shared_prefix", $"must be 0 to 1, but is {SharedPrefix}");
        foreach (var error in InputTokens?.Validate().Under("input_tokens") ?? [])
            yield return error;
        foreach (var error in OutputTokens?.Validate().Under("output_tokens") ?? [])
            yield return error;
    }
}
