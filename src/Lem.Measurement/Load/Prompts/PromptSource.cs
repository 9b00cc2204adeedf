using Lem.Core;
using Lem.Core.Configuration;
using Lem.Measurement.Load.Traces;

namespace Lem.Measurement.Load.Prompts;

/// <summary>Finds the prompts a configuration names, in the order it asks for.</summary>
public static class PromptSource
{
    /// <summary>Built-in names of Hugging Face data sets (aliases of the configuration page), with what they stand for.</summary>
    public static IReadOnlyDictionary<string, string> HuggingFaceAliases { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["ai-energy-score"] = "AIEnergyScore/text_generation",
        ["alpaca"] = "tatsu-lab/alpaca",
        ["sharegpt"] = "anon8231489123/ShareGPT_Vicuna_unfiltered",
        ["gsm8k"] = "openai/gsm8k",
        ["mmlu"] = "cais/mmlu",
    };

    /// <param name="folder">What a relative path counts from.</param>
    /// <exception cref="LemException">The source is missing, malformed, too small, or of a kind that cannot be read.</exception>
    public static PromptSet Open(ExperimentConfig config, string folder)
    {
        if (config.Prompts is { } prompts)
            return FromPrompts(prompts, config, folder);

        var dataset = config.Dataset ?? new DatasetConfig();
        if (dataset.Name != StarterPrompts.Name)
            throw NotReadable(dataset.Name);
        var all = StarterPrompts.Read();
        return PromptSet.Take(
            dataset.Name,
            dataset.Shuffle ? PromptOrder.Shuffle(all, (ulong)dataset.Seed) : all,
            Smaller(dataset.SampleSize, config.NumInputPrompts));
    }

    static PromptSet FromPrompts(PromptsConfig prompts, ExperimentConfig config, string folder) => prompts switch
    {
        FilePrompts file => PromptSet.Take(file.Path, PromptFile.Read(Path.Combine(folder, file.Path), null), config.NumInputPrompts),
        JsonlPrompts file => PromptSet.Take(file.Path, PromptFile.Read(Path.Combine(folder, file.Path), file.Column), config.NumInputPrompts),
        CsvPrompts file => PromptSet.Take(file.Path, PromptFile.Read(Path.Combine(folder, file.Path), file.Column), config.NumInputPrompts),
        Core.Configuration.SyntheticPrompts synthetic => Synthetic(synthetic, config.NumInputPrompts),
        Core.Configuration.TracePrompts trace => PromptSet.Take(
            trace.Path,
            TracePrompts.Create(ReplayedTrace.OfPrompts(trace, config.TrafficSimulation, folder), RecordedTrace.UsualSeed),
            config.NumInputPrompts),
        HuggingFacePrompts hub => throw NotReadable(hub.Dataset),
        _ => throw new ArgumentException($"{prompts.GetType().Name} is no kind of prompts", nameof(prompts)),
    };

    static PromptSet Synthetic(Core.Configuration.SyntheticPrompts synthetic, int? count)
    {
        var wanted = Smaller(synthetic.Count, count) ?? synthetic.Count;
        var input = synthetic.InputTokens ?? throw new ArgumentException("validated configurations have input_tokens", nameof(synthetic));
        return PromptSet.Take("synthetic", SyntheticPrompts.Create(wanted, input, synthetic.OutputTokens, synthetic.SharedPrefix, (ulong)synthetic.Seed), wanted);
    }

    static int? Smaller(int? one, int? other) => one is null ? other : other is null ? one : Math.Min(one.Value, other.Value);

    static LemException NotReadable(string name) => new(
        $"the data set {name} cannot be read: this version does not fetch Hugging Face data sets yet",
        "Use the prompts that ship with lem (-d builtin:starter) or a file of your own (--prompts FILE: text, JSON lines, or CSV).");
}
