namespace Lem.Measurement.Load.Prompts;

/// <summary>Shuffles prompts the same way for the same seed, on every machine and .NET version.</summary>
public static class PromptShuffle
{
    /// <summary>Fisher–Yates over a SplitMix64 stream: <see cref="Random"/>'s own algorithm is not promised to stay.</summary>
    public static IReadOnlyList<Prompt> Of(IReadOnlyList<Prompt> prompts, ulong seed)
    {
        var shuffled = prompts.ToArray();
        var random = new SplitMix64(seed);
        for (var i = shuffled.Length - 1; i > 0; i--)
        {
            var j = random.Below(i + 1);
            (shuffled[i], shuffled[j]) = (shuffled[j], shuffled[i]);
        }

        return shuffled;
    }

    /// <summary>The numbers below <paramref name="count"/>, each once, drawn one at a time: rows of a set too large to have here.</summary>
    /// <remarks>Fisher–Yates from the front; only places that have changed are remembered.</remarks>
    public static IEnumerable<int> Draw(int count, ulong seed)
    {
        var random = new SplitMix64(seed);
        var moved = new Dictionary<int, int>();
        for (var i = 0; i < count; i++)
        {
            var j = i + random.Below(count - i);
            yield return moved.GetValueOrDefault(j, j);
            moved[j] = moved.GetValueOrDefault(i, i);
        }
    }
}
