using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Lem.Core.Configuration;
using Lem.Measurement.Engines.LlamaCpp.Gguf;

namespace Lem.Measurement.Engines.LlamaCpp.Synthetic;

/// <summary>The dimensions of a model with dummy weights: the compute and memory traffic of an architecture without its download.</summary>
/// <param name="Name">Named shape it came from (<c>smollm2-135m</c>), or the family of a free form.</param>
/// <param name="FeedForward">Width of the gated feed-forward block.</param>
/// <param name="Vocabulary">Rows of the embedding and the head; what the byte-level tokenizer does not use is padding.</param>
/// <param name="Tied">The head is the embedding, and no tensor of its own.</param>
/// <param name="Context">Longest context the model says it was made for, in tokens.</param>
public sealed record SyntheticShape(
    string Name,
    SyntheticFamily Family,
    int Layers,
    int Hidden,
    int Heads,
    int KeyValueHeads,
    int FeedForward,
    int Vocabulary,
    GgufTensorType DataType,
    bool Tied = false,
    int Context = 4096,
    ulong Seed = 0,
    float RopeBase = 10_000,
    float NormEpsilon = 1e-5f)
{
    public const string Scheme = "synthetic:";

    public int HeadDimension => Hidden / Heads;

    public int KeyValueWidth => KeyValueHeads * HeadDimension;

    /// <summary>Name of the family as GGUF spells it.</summary>
    public string ArchitectureName => Family == SyntheticFamily.Qwen2 ? "qwen2" : "llama";

    /// <summary>Everything that decides the bytes of the file, in a fixed order; the free form and what only named shapes decide.</summary>
    public string Canonical => string.Create(
        CultureInfo.InvariantCulture,
        $"{Scheme}{ArchitectureName}?layers={Layers}&hidden={Hidden}&heads={Heads}&kv_heads={KeyValueHeads}&ffn={FeedForward}"
        + $"&vocab={Vocabulary}&dtype={DataType.Name}&tied={(Tied ? "true" : "false")}&ctx={Context}&seed={Seed}"
        + $"&rope_base={RopeBase:R}&norm_eps={NormEpsilon:R}");

    /// <summary>Name of the file in the cache: readable in front, and a hash of <see cref="Canonical"/> and the generator's version.</summary>
    public string FileName
    {
        get
        {
            var content = $"{Canonical}#{SyntheticModelWriter.GeneratorVersion}";
            var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)));
            return $"{Name}-{DataType.Name}-{hash[..12]}.gguf";
        }
    }

    public static bool IsSynthetic(string model) => model.StartsWith(Scheme, StringComparison.Ordinal);

    /// <summary>Reads <c>synthetic:smollm2-135m</c>, <c>synthetic:15m?dtype=f32</c> or <c>synthetic:llama?layers=…&amp;hidden=…</c>.</summary>
    /// <returns>The shape, or null and everything that is wrong with it.</returns>
    public static (SyntheticShape? Shape, IReadOnlyList<ConfigError> Errors) Parse(string model, string path = "model") =>
        new SyntheticShapeParser(path).Parse(model);
}
