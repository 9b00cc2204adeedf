namespace Lem.Measurement.Engines.LlamaCpp.Gguf;

/// <summary>One metadata value of a GGUF file, with the type it has on disk.</summary>
public abstract record GgufValue(GgufValueType Type)
{
    public static GgufValue U32(uint value) => new GgufInteger(GgufValueType.U32, value);

    public static GgufValue I32(int value) => new GgufInteger(GgufValueType.I32, value);

    public static GgufValue F32(float value) => new GgufFloat(GgufValueType.F32, value);

    public static GgufValue Bool(bool value) => new GgufBool(value);

    public static GgufValue Text(string value) => new GgufText(value);

    public static GgufValue Array(GgufValueType elementType, IReadOnlyList<GgufValue> items) =>
        new GgufArray(elementType, items.Count, items);
}

/// <summary>Any of the eight integer types; <see cref="Int128"/> holds the signed and the unsigned 64-bit range.</summary>
public sealed record GgufInteger(GgufValueType Type, Int128 Value) : GgufValue(Type);

public sealed record GgufFloat(GgufValueType Type, double Value) : GgufValue(Type);

public sealed record GgufBool(bool Value) : GgufValue(GgufValueType.Bool);

public sealed record GgufText(string Value) : GgufValue(GgufValueType.Text);

/// <summary>An array; <see cref="Items"/> is null where the reader passed over it because it is longer than what it keeps.</summary>
public sealed record GgufArray(GgufValueType ElementType, long Count, IReadOnlyList<GgufValue>? Items) : GgufValue(GgufValueType.Array);
