using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using Xunit;

namespace Lem.Tests.Architecture;

public sealed class MethodBodiesTests
{
    // call of the method with token 0x06000002.
    static readonly byte[] Call = [0x28, 0x02, 0x00, 0x00, 0x06];

    [Theory]
    [InlineData("00", "nop")]
    [InlineData("1F 28", "ldc.i4.s")]
    [InlineData("20 28 28 28 28", "ldc.i4")]
    [InlineData("21 28 28 28 28 28 28 28 28", "ldc.i8")]
    [InlineData("22 28 28 28 28", "ldc.r4")]
    [InlineData("23 28 28 28 28 28 28 28 28", "ldc.r8")]
    [InlineData("72 28 28 28 28", "ldstr")]
    [InlineData("38 28 28 28 28", "br")]
    [InlineData("2B 28", "br.s")]
    [InlineData("11 28", "ldloc.s")]
    [InlineData("FE 0C 28 28", "ldloc")]
    [InlineData("FE 01", "ceq")]
    [InlineData("29 28 28 28 28", "calli")]
    [InlineData("45 00 00 00 00", "switch of none")]
    [InlineData("45 03 00 00 00 28 28 28 28 28 28 28 28 28 28 28 28", "switch of three")]
    public void A_call_is_found_behind_every_kind_of_operand(string before, string instruction)
    {
        // Operands are full of 0x28, call's own code: a reader that takes one for an instruction finds other tokens.
        byte[] il = [.. Convert.FromHexString(before.Replace(" ", "", StringComparison.Ordinal)), .. Call];

        Assert.True(Tokens(il) is [0x06000002], $"not found behind {instruction}");
    }

    [Theory]
    [InlineData("7B", "ldfld")]
    [InlineData("6F", "callvirt")]
    [InlineData("73", "newobj")]
    [InlineData("74", "castclass")]
    [InlineData("D0", "ldtoken")]
    [InlineData("FE 06", "ldftn")]
    [InlineData("FE 15", "initobj")]
    public void Every_instruction_that_names_a_type_or_member_is_told(string code, string instruction)
    {
        byte[] il = [.. Convert.FromHexString(code.Replace(" ", "", StringComparison.Ordinal)), 0x05, 0x00, 0x00, 0x0A, .. Call];

        Assert.True(Tokens(il) is [0x0A000005, 0x06000002], $"{instruction} is not told");
    }

    static unsafe int[] Tokens(byte[] il)
    {
        fixed (byte* start = il)
            return [.. MethodBodies.Tokens(new BlobReader(start, il.Length)).Select(token => MetadataTokens.GetToken(token))];
    }
}
