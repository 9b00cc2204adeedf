using Lem.Core.Configuration.Documents;

namespace Lem.Core.Configuration.Presets;

/// <summary>The named sets of sampling values (<c>decoder.preset</c>). A key that anybody set explicitly wins over them.</summary>
static class SamplingPresets
{
    public static IReadOnlyDictionary<string, IReadOnlyList<(string Key, object Value)>> All { get; } =
        new Dictionary<string, IReadOnlyList<(string, object)>>
        {
            ["deterministic"] = [("temperature", 0L), ("do_sample", false)],
            ["standard"] = [("temperature", 1L), ("do_sample", true), ("top_p", 0.95)],
            ["creative"] = [("temperature", 0.8), ("do_sample", true), ("top_p", 0.9), ("repetition_penalty", 1.1)],
            ["factual"] = [("temperature", 0.3), ("do_sample", true)],
        };

    /// <summary>Fills in the values of the sampling preset named in the tree, where nothing but the default stands.</summary>
    public static ConfigMapping Apply(ConfigMapping merged)
    {
        if (merged.Find("decoder.preset") is not ConfigScalar { Text: { } name } || !All.TryGetValue(name, out var values))
            return merged;
        foreach (var (key, value) in values)
        {
            var path = $"decoder.{key}";
            if (merged.Find(path) is null or { Origin.Layer: Layer.Default })
                merged = merged.Set(path, new ConfigScalar(new(Layer.Preset, $"preset:{name}", "decoder.preset"), value));
        }
        return merged;
    }
}
