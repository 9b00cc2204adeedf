using System.Reflection;
using Lem.Core.Configuration.Documents;

namespace Lem.Core.Configuration.Presets;

/// <summary>The presets that come with lem: ordinary YAML, below the file's own keys.</summary>
public static class PresetLibrary
{
    /// <summary>What runs when neither a file nor a preset is named.</summary>
    public const string First = "quick-test";

    /// <summary>All names, in the order they are shown.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "quick-test", "benchmark", "throughput", "vllm-throughput", "vllm-speculative", "vllm-memory-efficient", "vllm-low-latency",
        "pytorch-optimized", "pytorch-speculative", "pytorch-compatible", "llamacpp-cpu",
    ];

    /// <summary>The preset's YAML text.</summary>
    public static string Text(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"presets/{name}.yaml")
            ?? throw new ArgumentException($"there is no preset {name}", nameof(name));
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    /// <summary>What it is for, in a line: the comment the YAML begins with.</summary>
    public static string Description(string name) => Text(name).Split('\n')[0].TrimStart('#', ' ');

    internal static ConfigMapping Read(string name)
    {
        var origin = new Origin(Layer.Preset, $"preset:{name}", Location: new($"preset:{name}", 1, 1));
        return (ConfigMapping?)YamlReader.Read(Text(name), origin) ?? new(origin, []);
    }
}
