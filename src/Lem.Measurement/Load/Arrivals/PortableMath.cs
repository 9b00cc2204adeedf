namespace Lem.Measurement.Load.Arrivals;

/// <summary>
/// Logarithm and exponential from the four operations alone, which IEEE 754 fixes to the bit: those of the machine's own library differ in
/// their last bits from one system to the next, and so would arrivals drawn from one seed.
/// </summary>
static class PortableMath
{
    // ln 2 in two parts, the first with so few bits that its product with an exponent is exact.
    const double Ln2High = 0.693147180369123816490;
    const double Ln2Low = 1.90821492927058770002e-10;

    /// <summary>Natural logarithm of a normal number above zero, to some units in the last place.</summary>
    /// <remarks>x = m·2ᵉ with m in [√½, √2); ln m = 2·artanh((m − 1)/(m + 1)), whose series has shrunk below a bit after eleven terms.</remarks>
    public static double Log(double x)
    {
        var bits = BitConverter.DoubleToInt64Bits(x);
        var exponent = (int)(bits >> 52) - 1023;
        var mantissa = BitConverter.Int64BitsToDouble((bits & 0x000F_FFFF_FFFF_FFFF) | 0x3FF0_0000_0000_0000);
        if (mantissa > 1.4142135623730951)
        {
            mantissa /= 2;
            exponent++;
        }

        var s = (mantissa - 1) / (mantissa + 1);
        var square = s * s;
        double series = 0;
        for (var odd = 21; odd >= 1; odd -= 2)
            series = (series * square) + (1.0 / odd);
        return (exponent * Ln2High) + ((exponent * Ln2Low) + (2 * s * series));
    }

    /// <summary>Exponential of a number below 700, to some units in the last place; zero where it is below the smallest normal number.</summary>
    /// <remarks>x = n·ln 2 + r with |r| ≤ ½ ln 2; the Taylor series of eʳ has shrunk below a bit after fourteen terms.</remarks>
    public static double Exp(double x)
    {
        if (x < -708)
            return 0;
        var n = (int)Math.Round(x / (Ln2High + Ln2Low));
        var r = x - (n * Ln2High) - (n * Ln2Low);
        double series = 1;
        for (var term = 14; term >= 1; term--)
            series = 1 + (series * r / term);
        return series * BitConverter.Int64BitsToDouble((n + 1023L) << 52);
    }
}
