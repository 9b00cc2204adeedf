using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace Lem.Tests.Architecture;

/// <summary>The metadata tokens in a method's instructions: what it calls, reads, writes, makes, and casts to.</summary>
static class MethodBodies
{
    static readonly Dictionary<short, OperandType> Operands = typeof(OpCodes).GetFields()
        .Select(field => field.GetValue(null)).OfType<OpCode>().ToDictionary(code => code.Value, code => code.OperandType);

    public static IEnumerable<EntityHandle> Tokens(BlobReader il)
    {
        while (il.RemainingBytes > 0)
        {
            int first = il.ReadByte();
            // 0xFE opens the two-byte instructions.
            var code = first == 0xFE ? (short)(first << 8 | il.ReadByte()) : (short)first;
            switch (Operands[code])
            {
                case OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineType or OperandType.InlineTok:
                    yield return (EntityHandle)MetadataTokens.Handle(il.ReadInt32());
                    break;
                case OperandType.InlineSwitch:
                    // Read first: `+=` would take the place from before the read.
                    var targets = il.ReadInt32();
                    il.Offset += 4 * targets;
                    break;
                case OperandType.InlineI8 or OperandType.InlineR:
                    il.Offset += 8;
                    break;
                case OperandType.InlineVar:
                    il.Offset += 2;
                    break;
                case OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar:
                    il.Offset += 1;
                    break;
                case OperandType.InlineNone:
                    break;
                default: // Branches, integers, floats, strings, and signatures of calli.
                    il.Offset += 4;
                    break;
            }
        }
    }
}
