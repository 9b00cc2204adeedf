using Lem.Core;
using Lem.Measurement.Engines.LlamaCpp;
using Xunit;

namespace Lem.Tests.Measurement.Engines.LlamaCpp;

[Collection("llama.cpp")]
public sealed class HostileModelTests(LlamaParts parts)
{
    [Fact]
    public async Task A_file_that_is_not_there_is_named()
    {
        var failure = await LoadAsync(Path.Combine(parts.Folder, "nothing.gguf"));

        Assert.Contains("nothing.gguf", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.0001)]
    [InlineData(0.01)]
    [InlineData(0.5)]
    [InlineData(0.999)]
    public async Task A_truncated_file_is_refused(double share)
    {
        var bytes = await File.ReadAllBytesAsync(parts.Model(), TestContext.Current.CancellationToken);

        var failure = await LoadAsync(await FileOfAsync(bytes[..(int)(bytes.Length * share)]));

        Assert.NotEmpty(failure.Hint);
    }

    [Fact]
    public async Task Random_bytes_are_refused()
    {
        var bytes = new byte[1 << 16];
        new Random(1).NextBytes(bytes);

        await LoadAsync(await FileOfAsync(bytes));
        "GGUF"u8.CopyTo(bytes);
        await LoadAsync(await FileOfAsync(bytes));
    }

    [Fact]
    public async Task A_valid_file_that_is_no_model_is_refused_in_llama_cpp_own_words()
    {
        var bytes = await File.ReadAllBytesAsync(parts.Model(), TestContext.Current.CancellationToken);
        var name = bytes.AsSpan().IndexOf("blk.0.attn_q.weight"u8);
        "blk.0.attn_X.weight"u8.CopyTo(bytes.AsSpan(name));

        var failure = await LoadAsync(await FileOfAsync(bytes));

        Assert.Contains("blk.0.attn_q.weight", failure.Message, StringComparison.Ordinal);
    }

    async Task<string> FileOfAsync(byte[] bytes)
    {
        var path = Path.Combine(parts.Folder, $"hostile-{Guid.NewGuid():N}.gguf");
        await File.WriteAllBytesAsync(path, bytes, TestContext.Current.CancellationToken);
        return path;
    }

    static async Task<LemException> LoadAsync(string path)
    {
        LlamaParts.Require();
        await using var engine = new LlamaCppEngine(new LlamaCppOptions(path), TimeProvider.System);
        return await Assert.ThrowsAsync<LemException>(() => engine.LoadAsync(TestContext.Current.CancellationToken));
    }
}
