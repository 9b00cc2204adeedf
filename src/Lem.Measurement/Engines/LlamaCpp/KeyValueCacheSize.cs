using Lem.Measurement.Engines.LlamaCpp.Gguf;

namespace Lem.Measurement.Engines.LlamaCpp;

/// <summary>Bytes of a KV cache: layers × cells × heads × (key length × bytes per key element + value length × bytes per value element).</summary>
public static class KeyValueCacheSize
{
    /// <summary>Null where the file does not say enough, or keeps something else than keys and values of every layer (windows, states).</summary>
    public static long? Bytes(GgufFile file, int cells, GgufTensorType keyType, GgufTensorType valueType)
    {
        var family = file.Architecture;
        if (file.IntegerAt($"{family}.block_count") is not { } layers
            || file.IntegerAt($"{family}.attention.head_count") is not { } heads
            || file.IntegerAt($"{family}.embedding_length") is not { } width
            || heads <= 0
            || KeepsSomethingElse(file, family))
        {
            return null;
        }

        // Files leave out what follows from the other dimensions.
        var keyValueHeads = file.IntegerAt($"{family}.attention.head_count_kv") ?? heads;
        var keyLength = file.IntegerAt($"{family}.attention.key_length") ?? width / heads;
        var valueLength = file.IntegerAt($"{family}.attention.value_length") ?? width / heads;
        return layers * cells * (RowBytes(keyValueHeads * keyLength, keyType) + RowBytes(keyValueHeads * valueLength, valueType));
    }

    static bool KeepsSomethingElse(GgufFile file, string? family) =>
        file.IntegerAt($"{family}.attention.sliding_window") is > 0
        || file.IntegerAt($"{family}.attention.kv_lora_rank") is > 0
        || file.IntegerAt($"{family}.ssm.state_size") is > 0
        || file.ArrayAt($"{family}.attention.head_count_kv") is not null;

    static long RowBytes(long elements, GgufTensorType type) => elements / type.BlockElements * type.BlockBytes;
}
