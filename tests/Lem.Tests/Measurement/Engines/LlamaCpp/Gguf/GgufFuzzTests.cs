using FsCheck;
using FsCheck.Fluent;
using Lem.Core;
using Lem.Measurement.Engines.LlamaCpp.Gguf;
using Lem.Measurement.Engines.LlamaCpp.Synthetic;
using Xunit;

namespace Lem.Tests.Measurement.Engines.LlamaCpp.Gguf;

public class GgufFuzzTests
{
    static readonly byte[] Model = HeadOfTiny();

    // Values that break careless arithmetic.
    static readonly ulong[] Spiteful =
        [0, 1, 0x7F, 0xFF, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFF, 1UL << 32, 1UL << 62, (1UL << 63) - 1, 1UL << 63, ulong.MaxValue];

    [Fact]
    public void A_damaged_head_is_read_or_refused_and_nothing_else()
    {
        var mutations = Gen.ArrayOf(Gen.Zip(Gen.Choose(0, Model.Length - 9), Gen.Elements(Spiteful))).Resize(8);
        var cuts = Gen.Choose(0, Model.Length);

        Prop.ForAll(mutations.Zip(cuts).ToArbitrary(), damage =>
        {
            var bytes = Model.ToArray();
            foreach (var (place, value) in damage.Item1)
                BitConverter.TryWriteBytes(bytes.AsSpan(place), value);
            return IsReadOrRefused(bytes) && IsReadOrRefused(bytes[..damage.Item2]);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(3_000));
    }

    [Fact]
    public void Random_bytes_after_the_magic_are_read_or_refused()
    {
        Prop.ForAll<byte[]>(tail =>
            IsReadOrRefused([.. "GGUF\x03\0\0\0"u8, .. tail]) && IsReadOrRefused([.. "GGUF\x03\0\0\0\x01\0\0\0\0\0\0\0\x01\0\0\0\0\0\0\0"u8, .. tail]))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(3_000));
    }

    [Fact]
    public void A_refused_head_costs_no_more_memory_than_its_limits()
    {
        var bytes = GgufBytes.Head(0, 1).Key("k", GgufValueType.Array).U32((uint)GgufValueType.U8).U64(60_000_000).Raw(new byte[60_000_000]).ToArray();
        var before = GC.GetAllocatedBytesForCurrentThread();

        IsReadOrRefused(bytes);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }

    static bool IsReadOrRefused(byte[] bytes)
    {
        try
        {
            var file = GgufBytes.Read(bytes);
            var facts = GgufModelFacts.From(file);
            return facts.LengthBytes == bytes.Length && facts.Architecture?.Parameters.Total is null or >= 0
                && file.Tensors.All(tensor => tensor.Offset + (tensor.Bytes ?? 0) <= bytes.Length);
        }
        catch (LemException)
        {
            return true;
        }
    }

    static byte[] HeadOfTiny()
    {
        var shape = SyntheticShape.Parse("synthetic:llama?layers=1&hidden=8&heads=2&ffn=8&vocab=260").Shape!;
        var bytes = new MemoryStream();
        SyntheticModelWriter.Write(shape, bytes);
        return bytes.ToArray();
    }
}
