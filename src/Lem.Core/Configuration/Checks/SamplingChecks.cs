using Lem.Core.Configuration.Presets;

namespace Lem.Core.Configuration.Checks;

/// <summary>Sampling values that contradict each other.</summary>
static class SamplingChecks
{
    public static IEnumerable<ConfigError> Run(CheckContext context)
    {
        var decoder = context.Config.Decoder;
        if (decoder.Preset is { } preset)
        {
            var overridden = SamplingPresets.All[preset.ToString().ToLowerInvariant()]
                .Select(value => value.Key)
                .Where(key => context.IsGiven($"decoder.{key}"))
                .ToList();
            if (overridden.Count > 0)
                yield return new("decoder.preset", $"is overridden by the explicit {string.Join(", ", overridden)}", ConfigSeverity.Info);
        }
        if (decoder.IsGreedy && decoder.TopP != 1)
            yield return new("decoder.top_p", $"has no effect on greedy decoding, but is {decoder.TopP}", ConfigSeverity.Warning);
        if (decoder.IsGreedy && decoder.RepetitionPenalty != 1)
            yield return new("decoder.repetition_penalty", $"changes even greedy decoding, and is {decoder.RepetitionPenalty}", ConfigSeverity.Warning);
        if (decoder is { DoSample: true, Temperature: 0 })
            yield return new("decoder.do_sample", "is on with temperature 0: decoding is greedy", ConfigSeverity.Info);
    }
}
