namespace Lem.Measurement.Engines.LlamaCpp.Gguf;

/// <summary>One entry of the tensor directory.</summary>
/// <param name="Dimensions">Elements per dimension, the contiguous one first (a weight of <c>out × in</c> is <c>[in, out]</c>).</param>
/// <param name="Offset">Bytes from the start of the tensor data.</param>
public sealed record GgufTensor(string Name, GgufTensorType Type, IReadOnlyList<long> Dimensions, long Offset = 0)
{
    public long Elements => Dimensions.Aggregate(1L, (product, dimension) => checked(product * dimension));

    /// <summary>Bytes on disk without padding, or null for a type this version does not know.</summary>
    public long? Bytes => Type.IsKnown ? checked(Elements / Type.BlockElements * Type.BlockBytes) : null;
}
