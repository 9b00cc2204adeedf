using Lem.Core.Configuration.Documents;
using Lem.Core.Configuration.Schema;

namespace Lem.Core.Configuration.Loading;

/// <summary>Short ways to write a value: <c>gpus: 0</c>, <c>dataset: alpaca</c>, <c>fp_precision: fp16</c>.</summary>
/// <param name="Path">The key that may be written short.</param>
/// <param name="Accepts">What the short form is, for the published schema.</param>
/// <param name="Expand">The long form, or null where the value is not in the short form.</param>
sealed record Shorthand(string Path, Shape Accepts, Func<ConfigNode, ConfigNode?> Expand);

static class Shorthands
{
    static readonly Dictionary<string, string> _precisions = new()
    {
        ["fp16"] = "float16",
        ["half"] = "float16",
        ["bf16"] = "bfloat16",
        ["fp32"] = "float32",
        ["float"] = "float32",
    };

    static readonly EitherShape _oneGpu = new([new IntegerShape(), new TextShape()]);

    static readonly IntegerShape _tokens = new(Min: 1);

    public static IReadOnlyList<Shorthand> Experiment { get; } =
    [
        new("gpus", _oneGpu, InList),
        new("energy.devices", _oneGpu, InList),
        new("energy.sources", new ChoiceShape(["auto", "nvml", "rapl", "estimated"]), InList),
        new("schedule.days", new TextShape(), InList),
        new("dataset", new TextShape(), node => node is ConfigScalar { Text: not null } ? Member(node, "name", node) : null),
        new("fp_precision", new ChoiceShape([.. _precisions.Keys]), LongPrecision),
        new("prompts.input_tokens", _tokens, FixedLength),
        new("prompts.output_tokens", _tokens, FixedLength),
    ];

    public static ConfigMapping Expand(ConfigMapping document, IEnumerable<Shorthand> shorthands)
    {
        foreach (var shorthand in shorthands)
        {
            if (document.Find(shorthand.Path) is { } value && shorthand.Expand(value) is { } full)
                document = document.Set(shorthand.Path, full);
        }
        return document;
    }

    static ConfigSequence? InList(ConfigNode node) => node is ConfigScalar { IsNull: false } ? new ConfigSequence(node.Origin, [node]) : null;

    static ConfigScalar? LongPrecision(ConfigNode node) =>
        node is ConfigScalar { Text: { } name } && _precisions.TryGetValue(name, out var full) ? new ConfigScalar(node.Origin, full) : null;

    static ConfigMapping? FixedLength(ConfigNode node) =>
        node is ConfigScalar { Value: long or double } ? Member(node, "mean", node).With("dist", new ConfigScalar(node.Origin, "fixed")) : null;

    static ConfigMapping Member(ConfigNode node, string key, ConfigNode value) => new(node.Origin, [new ConfigMember(key, node.Origin, value)]);
}
