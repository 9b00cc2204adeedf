using Lem.Measurement.Engines.LlamaCpp;
using Lem.Measurement.Engines.LlamaCpp.Gguf;
using Xunit;

namespace Lem.Tests.Measurement.Engines.LlamaCpp;

public sealed class KeyValueCacheSizeTests
{
    // Llama-2-7B: 32 layers, 32 heads of 128: 512 KiB per token in f16.
    [Fact]
    public void Llama_2_7B_takes_half_a_mebibyte_per_token() =>
        Assert.Equal(4096L << 19, Bytes(4096, "f16", ("block_count", 32), ("embedding_length", 4096), ("attention.head_count", 32)));

    // Llama-3.1-8B: 8 key-value heads of 128: 128 KiB per token in f16.
    [Fact]
    public void Shared_heads_are_kept_once() => Assert.Equal(
        1000L << 17,
        Bytes(1000, "f16", ("block_count", 32), ("embedding_length", 4096), ("attention.head_count", 32), ("attention.head_count_kv", 8)));

    [Fact]
    public void Head_lengths_that_are_given_count_more_than_the_width() => Assert.Equal(
        2 * 10 * (64 + 32) * 2L,
        Bytes(10, "f16", ("block_count", 2), ("embedding_length", 4096), ("attention.head_count", 1), ("attention.key_length", 64), ("attention.value_length", 32)));

    [Fact]
    public void Quantised_caches_have_their_scales() => Assert.Equal(
        10 * 2 * 34L, Bytes(10, "q8_0", ("block_count", 1), ("embedding_length", 32), ("attention.head_count", 1)));

    [Fact]
    public void Sliding_windows_keep_less_than_the_formula_says_so_it_says_nothing() => Assert.Null(
        Bytes(10, "f16", ("block_count", 2), ("embedding_length", 64), ("attention.head_count", 1), ("attention.sliding_window", 4)));

    [Fact]
    public void Missing_dimensions_are_no_zero() => Assert.Null(Bytes(10, "f16", ("block_count", 2)));

    static long? Bytes(int cells, string type, params (string Key, uint Value)[] sizes)
    {
        var metadata = sizes.ToDictionary(size => $"llama.{size.Key}", size => GgufValue.U32(size.Value));
        metadata["general.architecture"] = GgufValue.Text("llama");
        var cacheType = GgufTensorType.FromName(type) ?? throw new ArgumentException(type, nameof(type));
        return KeyValueCacheSize.Bytes(new GgufFile(3, metadata, [], 0, 0), cells, cacheType, cacheType);
    }
}
