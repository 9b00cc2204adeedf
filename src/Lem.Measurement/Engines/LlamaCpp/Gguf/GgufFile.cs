namespace Lem.Measurement.Engines.LlamaCpp.Gguf;

/// <summary>What the head of a GGUF file says: metadata and tensor directory, without the weights.</summary>
/// <param name="DataOffset">Where the tensor data starts, in bytes from the start of the file.</param>
/// <param name="LengthBytes">Length of the whole file.</param>
public sealed record GgufFile(
    int Version,
    IReadOnlyDictionary<string, GgufValue> Metadata,
    IReadOnlyList<GgufTensor> Tensors,
    long DataOffset,
    long LengthBytes)
{
    /// <summary>Value of <c>general.architecture</c> (<c>llama</c>, <c>qwen2</c>), or null where it is missing.</summary>
    public string? Architecture => TextAt("general.architecture");

    public string? TextAt(string key) => (Metadata.GetValueOrDefault(key) as GgufText)?.Value;

    public bool? FlagAt(string key) => (Metadata.GetValueOrDefault(key) as GgufBool)?.Value;

    /// <summary>The integer under this key, or null where there is none or it does not fit 64 bits signed.</summary>
    public long? IntegerAt(string key) => AsLong(Metadata.GetValueOrDefault(key));

    /// <summary>The array under this key, its items perhaps not kept; null where there is none.</summary>
    public GgufArray? ArrayAt(string key) => Metadata.GetValueOrDefault(key) as GgufArray;

    internal static long? AsLong(GgufValue? value) =>
        value is GgufInteger { Value: var number } && number >= long.MinValue && number <= long.MaxValue ? (long)number : null;
}
