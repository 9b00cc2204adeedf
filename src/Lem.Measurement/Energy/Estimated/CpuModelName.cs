namespace Lem.Measurement.Energy.Estimated;

/// <summary>Brings a processor's model string to the spelling of <see cref="CpuTable"/>.</summary>
static class CpuModelName
{
    /// <summary>"AMD EPYC 7763 64-Core Processor" becomes "epyc 7763"; "Intel(R) Xeon(R) CPU E5-2690 v4 @ 2.60GHz" becomes "xeon e5-2690 v4".</summary>
    public static string Normalise(string model)
    {
        var plain = model.ToLowerInvariant()
            .Replace("(r)", " ", StringComparison.Ordinal)
            .Replace("(tm)", " ", StringComparison.Ordinal);

        // What follows is the clock, or the graphics on the same chip.
        foreach (var tail in new[] { "@", " with ", " w/ " })
            if (plain.IndexOf(tail, StringComparison.Ordinal) is var end and >= 0)
                plain = plain[..end];
        var words = plain.Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(word => !IsNoise(word)).ToList();

        // "11th gen core i7-11700k"
        if (words.IndexOf("gen") is var gen and >= 0)
            words.RemoveRange(0, gen + 1);
        words.RemoveAll(word => word is "intel" or "amd");
        return string.Join(' ', words);
    }

    static bool IsNoise(string word) =>
        word is "cpu" or "processor" or "eng" or "sample:"
        || word.EndsWith("-core", StringComparison.Ordinal)
        || word.EndsWith("-cores", StringComparison.Ordinal);
}
