namespace Lem.Measurement.Engines.LlamaCpp.Gguf;

/// <summary>The sizes under a file's architecture (<c>llama.block_count</c>), which may be one number or one per layer.</summary>
sealed class GgufDimensions(GgufFile file)
{
    // Larger than any dimension of any model: what is above is damage, and products stay within 64 bits.
    const long LargestSize = 1 << 24;

    readonly string _family = file.Architecture ?? "";

    /// <summary>The positive number under this key, of a per-layer array the largest; null where there is none.</summary>
    public int? Size(string key) => file.ArrayAt(KeyOf(key)) is { Items: { } items }
        ? items.Select(AsSize).Max()
        : AsSize(file.Metadata.GetValueOrDefault(KeyOf(key)));

    /// <summary>The number for one layer.</summary>
    public int? Size(string key, int layer) => file.ArrayAt(KeyOf(key)) is { Items: { } items }
        ? layer < items.Count ? AsSize(items[layer]) : null
        : Size(key);

    /// <summary>Whether this layer has the flag in a per-layer array of bools; null where there is no such array.</summary>
    public bool? Flag(string key, int layer) =>
        file.ArrayAt(KeyOf(key)) is { Items: { } items } && layer < items.Count ? (items[layer] as GgufBool)?.Value : null;

    /// <summary>Rows of the embedding, else what the metadata says, else the number of tokens.</summary>
    public int? Vocabulary
    {
        get
        {
            var embedding = file.Tensors.FirstOrDefault(tensor => tensor.Name == "token_embd.weight");
            long? rows = embedding is { Dimensions: [_, var count] } ? count : null;
            var size = rows ?? Size("vocab_size") ?? file.ArrayAt("tokenizer.ggml.tokens")?.Count;
            return size is > 0 and <= LargestSize ? (int)size : null;
        }
    }

    /// <summary>Share of the experts' weights that work on a token; 1 without experts.</summary>
    public double ActiveExpertFraction =>
        Size("expert_count") is { } experts && Size("expert_used_count") is { } active ? Math.Min(1, active / (double)experts) : 1;

    string KeyOf(string key) => $"{_family}.{key}";

    static int? AsSize(GgufValue? value) => GgufFile.AsLong(value) is > 0 and <= LargestSize and var size ? (int)size : null;
}
