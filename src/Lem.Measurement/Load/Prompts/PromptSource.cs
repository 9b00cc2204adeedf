using Lem.Core;
using Lem.Core.Configuration;
using Lem.Measurement.Load.Traces;

namespace Lem.Measurement.Load.Prompts;

/// <summary>Finds the prompts a configuration names, in the order it asks for: those of this machine; data sets are the hub's.</summary>
public static class PromptSource
{
    /// <summary>The Hugging Face data set a configuration names; null where its prompts come from this machine alone (<see cref="Open"/>).</summary>
    public static HuggingFacePrompts? DatasetOf(ExperimentConfig config)
    {
        if (config.Prompts is not null)
            return config.Prompts as HuggingFacePrompts;
        var dataset = config.Dataset ?? new DatasetConfig();
        return dataset.Name == StarterPrompts.Name
            ? null
            : new(dataset.Name, dataset.Split, dataset.Subset, dataset.Column, dataset.SampleSize, dataset.Order, dataset.Seed);
    }

    /// <param name="folder">What a relative path counts from.</param>
    /// <exception cref="LemException">The source is missing, malformed, too small, or of a kind that cannot be read.</exception>
    /// <exception cref="ArgumentException">The prompts are a data set's.</exception>
    public static PromptSet Open(ExperimentConfig config, string folder)
    {
        if (config.Prompts is { } prompts)
            return FromPrompts(prompts, config, folder);

        var dataset = config.Dataset ?? new DatasetConfig();
        if (dataset.Name != StarterPrompts.Name)
            throw Elsewhere(dataset.Name);
        return Take(dataset.Name, StarterPrompts.Read(), Smaller(dataset.SampleSize, config.NumInputPrompts), dataset.Order, dataset.Seed);
    }

    static PromptSet FromPrompts(PromptsConfig prompts, ExperimentConfig config, string folder) => prompts switch
    {
        FilePrompts file => Take(file.Path, PromptFile.Read(Path.Combine(folder, file.Path), null), config.NumInputPrompts, file.Order, file.Seed),
        JsonlPrompts file => Take(file.Path, PromptFile.Read(Path.Combine(folder, file.Path), file.Column), config.NumInputPrompts, file.Order, file.Seed),
        CsvPrompts file => Take(file.Path, PromptFile.Read(Path.Combine(folder, file.Path), file.Column), config.NumInputPrompts, file.Order, file.Seed),
        Core.Configuration.SyntheticPrompts synthetic => Synthetic(synthetic, config.NumInputPrompts),
        Core.Configuration.TracePrompts trace => PromptSet.Take(
            trace.Path,
            TracePrompts.Create(ReplayedTrace.OfPrompts(trace, config.TrafficSimulation, folder), RecordedTrace.UsualSeed),
            config.NumInputPrompts),
        HuggingFacePrompts hub => throw Elsewhere(hub.Dataset),
        _ => throw new ArgumentException($"{prompts.GetType().Name} is no kind of prompts", nameof(prompts)),
    };

    // Shuffled first, so that the first of them are a sample of the source.
    static PromptSet Take(string source, IReadOnlyList<Prompt> all, int? count, PromptOrder order, int seed) =>
        PromptSet.Take(source, order is PromptOrder.Shuffled ? PromptShuffle.Of(all, (ulong)seed) : all, count).InOrder(order);

    static PromptSet Synthetic(Core.Configuration.SyntheticPrompts synthetic, int? count)
    {
        var wanted = Smaller(synthetic.Count, count) ?? Core.Configuration.SyntheticPrompts.UsualCount;
        var input = synthetic.InputTokens ?? throw new ArgumentException("validated configurations have input_tokens", nameof(synthetic));
        return PromptSet.Take("synthetic", SyntheticPrompts.Create(wanted, input, synthetic.OutputTokens, synthetic.SharedPrefix, (ulong)synthetic.Seed), wanted);
    }

    /// <summary>How many prompts are wanted where two limits are given; null = no limit.</summary>
    public static int? Smaller(int? one, int? other) => one is null ? other : other is null ? one : Math.Min(one.Value, other.Value);

    static ArgumentException Elsewhere(string name) => new($"{name} is a data set of the hub, not of this machine");
}
