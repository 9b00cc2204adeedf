using Lem.Core.Configuration;

namespace Lem.Measurement.Hub.Datasets;

/// <summary>Which prompts of which data set are meant.</summary>
/// <param name="File">A file of the repository that is read as it is; null = what the viewer serves, or the only fitting file.</param>
/// <param name="Subset">The data set's configuration; null = its only one, or <c>default</c>.</param>
/// <param name="Split">Null = <c>train</c>, or the only one.</param>
/// <param name="Column">Of the prompt's text; null = the first of the usual names.</param>
public sealed record DatasetReference(HubRepository Repository, string? File, string? Subset, string? Split, string? Column)
{
    /// <summary>Names that stand for more than themselves: whatever is given beside them wins.</summary>
    public static IReadOnlyDictionary<string, DatasetReference> Aliases { get; } = new Dictionary<string, DatasetReference>(StringComparer.Ordinal)
    {
        ["ai-energy-score"] = new(HubRepository.Dataset("AIEnergyScore/text_generation"), null, null, "train", "text"),
        ["alpaca"] = new(HubRepository.Dataset("tatsu-lab/alpaca"), null, null, "train", "instruction"),
        // Several files of different forms; this is the one that the benchmarks of serving engines read (vLLM, benchmarks/).
        ["sharegpt"] = new(HubRepository.Dataset("anon8231489123/ShareGPT_Vicuna_unfiltered"), "ShareGPT_V3_unfiltered_cleaned_split.json", null, null, "conversations"),
        ["gsm8k"] = new(HubRepository.Dataset("openai/gsm8k"), null, "main", "train", "question"),
        ["mmlu"] = new(HubRepository.Dataset("cais/mmlu"), null, "all", "test", "question"),
    };

    /// <summary>Reads <c>alias</c>, <c>org/name</c> or <c>org/name:file</c>.</summary>
    /// <exception cref="ConfigException">The name is none of these.</exception>
    public static DatasetReference Of(HuggingFacePrompts prompts)
    {
        var named = Aliases.GetValueOrDefault(prompts.Dataset) ?? Parse(prompts.Dataset);
        return named with { Subset = prompts.Subset ?? named.Subset, Split = prompts.Split ?? named.Split, Column = prompts.Column ?? named.Column };
    }

    public override string ToString() => File is null ? Repository.Id : $"{Repository}:{File}";

    static DatasetReference Parse(string name)
    {
        var colon = name.IndexOf(':', StringComparison.Ordinal);
        return new(HubRepository.Dataset(colon < 0 ? name : name[..colon]), colon < 0 ? null : name[(colon + 1)..], null, null, null);
    }
}
