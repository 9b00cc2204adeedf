namespace Lem.Measurement.Load.Prompts;

/// <summary>Shuffles prompts the same way for the same seed, on every machine and .NET version.</summary>
static class PromptOrder
{
    /// <summary>Fisher–Yates over a SplitMix64 stream: <see cref="Random"/>'s own algorithm is not promised to stay.</summary>
    public static IReadOnlyList<Prompt> Shuffle(IReadOnlyList<Prompt> prompts, ulong seed)
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
}
