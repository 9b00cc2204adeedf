namespace Lem.Tests.Shared.Serving;

/// <summary>Random numbers that depend on nothing but their place, so that the order in which requests interleave does not matter.</summary>
static class Noise
{
    /// <summary>Uniform in [0, 1): SplitMix64's finaliser over seed and place.</summary>
    public static double Uniform(int seed, long request, long draw) =>
        (Mix(Mix(Mix((ulong)seed + 1) + (ulong)request + 1) + (ulong)draw + 1) >> 11) * (1.0 / (1UL << 53));

    static ulong Mix(ulong z)
    {
        z *= 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
