namespace Lem.Measurement.Load;

/// <summary>
/// Random numbers that are the same everywhere for the same seed (Steele, Lea, Flood: "Fast splittable pseudorandom number generators", 2014).
/// </summary>
sealed class SplitMix64(ulong seed)
{
    ulong _state = seed;

    public ulong Next() => Mix(_state += 0x9E3779B97F4A7C15);

    /// <summary>Uniform in [0, <paramref name="limit"/>): Lemire's multiplication, whose bias is below 2⁻³² for limits below 2³².</summary>
    public int Below(int limit) => (int)Math.BigMul(Next(), (ulong)limit, out _);

    /// <summary>Uniform in [0, 1) with 53 random bits.</summary>
    public double NextDouble() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Standard normal by Box–Muller.</summary>
    public double NextNormal() => Math.Sqrt(-2 * Math.Log(1 - NextDouble())) * Math.Cos(2 * Math.PI * NextDouble());

    /// <summary>A seed of its own for the <paramref name="index"/>-th stream of a family: neighbours do not overlap.</summary>
    public static ulong Derive(ulong seed, ulong index) => Mix(Mix(seed + 0x9E3779B97F4A7C15) + (index + 1) * 0xD1B54A32D192ED03);

    static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
