using Lem.Core.Configuration;
using Lem.Core.Results.Storage;
using Lem.Measurement.Load.Prompts;

namespace Lem.Measurement.Experiments;

/// <summary>The plan in the form in which it is run.</summary>
/// <param name="Cycles">Windows to measure now, counted from zero: all of them, or those a resume still lacks.</param>
public sealed record ExperimentInput(
    ExperimentConfig Config, PromptSet Prompts, IReadOnlyList<int> Cycles, ResultsDirectory Directory, RawStore Store);
