namespace Lem.Measurement.Engines.LlamaCpp.Gguf;

/// <summary>Reads the values of the metadata pairs; arrays too long to keep are passed over and counted.</summary>
sealed class GgufValueReader(GgufCursor cursor, GgufLimits limits)
{
    public GgufValue Read() => Read(ReadType(), depth: 0);

    GgufValue Read(GgufValueType type, int depth) => type switch
    {
        GgufValueType.U8 => new GgufInteger(type, cursor.ReadByte()),
        GgufValueType.I8 => new GgufInteger(type, (sbyte)cursor.ReadByte()),
        GgufValueType.U16 => new GgufInteger(type, cursor.ReadUInt16()),
        GgufValueType.I16 => new GgufInteger(type, (short)cursor.ReadUInt16()),
        GgufValueType.U32 => new GgufInteger(type, cursor.ReadUInt32()),
        GgufValueType.I32 => new GgufInteger(type, (int)cursor.ReadUInt32()),
        GgufValueType.U64 => new GgufInteger(type, cursor.ReadUInt64()),
        GgufValueType.I64 => new GgufInteger(type, (long)cursor.ReadUInt64()),
        GgufValueType.F32 => new GgufFloat(type, BitConverter.UInt32BitsToSingle(cursor.ReadUInt32())),
        GgufValueType.F64 => new GgufFloat(type, BitConverter.UInt64BitsToDouble(cursor.ReadUInt64())),
        GgufValueType.Bool => new GgufBool(ReadBool()),
        GgufValueType.Text => new GgufText(cursor.ReadText(limits.TextBytes, "a metadata text")),
        _ => ReadArray(depth + 1),
    };

    GgufArray ReadArray(int depth)
    {
        if (depth > limits.ArrayNesting)
            throw cursor.Malformed($"arrays are nested more than {limits.ArrayNesting} deep");
        var elementType = ReadType();
        var count = cursor.ReadUInt64();
        cursor.RequireRoom(count, MinimumBytes(elementType), "array items");

        if (count > (ulong)limits.ArrayItems)
        {
            Skip(elementType, (long)count, depth);
            return new GgufArray(elementType, (long)count, null);
        }

        var items = new List<GgufValue>();
        for (var i = 0UL; i < count; i++)
        {
            cursor.Retain(64);
            items.Add(Read(elementType, depth));
        }
        return new GgufArray(elementType, items.Count, items);
    }

    void Skip(GgufValueType elementType, long count, int depth)
    {
        switch (elementType)
        {
            case GgufValueType.Text:
                for (var i = 0L; i < count; i++)
                    cursor.SkipText("a text in an array");
                break;
            case GgufValueType.Array:
                for (var i = 0L; i < count; i++)
                    SkipArray(depth + 1);
                break;
            default:
                cursor.Skip(checked(count * MinimumBytes(elementType)));
                break;
        }
    }

    void SkipArray(int depth)
    {
        if (depth > limits.ArrayNesting)
            throw cursor.Malformed($"arrays are nested more than {limits.ArrayNesting} deep");
        var elementType = ReadType();
        var count = cursor.ReadUInt64();
        cursor.RequireRoom(count, MinimumBytes(elementType), "array items");
        Skip(elementType, (long)count, depth);
    }

    bool ReadBool() => cursor.ReadByte() switch
    {
        0 => false,
        1 => true,
        var other => throw cursor.Malformed($"a bool has the value {other}"),
    };

    GgufValueType ReadType()
    {
        var type = cursor.ReadUInt32();
        return type <= (uint)GgufValueType.F64 ? (GgufValueType)type : throw cursor.Malformed($"{type} is no type of metadata value");
    }

    /// <summary>Size of a scalar; of a text or an array the size when empty.</summary>
    static int MinimumBytes(GgufValueType type) => type switch
    {
        GgufValueType.U8 or GgufValueType.I8 or GgufValueType.Bool => 1,
        GgufValueType.U16 or GgufValueType.I16 => 2,
        GgufValueType.U32 or GgufValueType.I32 or GgufValueType.F32 => 4,
        GgufValueType.Array => 12,
        _ => 8,
    };
}
