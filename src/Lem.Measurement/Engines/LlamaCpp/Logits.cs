using System.Numerics;

namespace Lem.Measurement.Engines.LlamaCpp;

/// <summary>Reads a model's scores over its vocabulary.</summary>
static class Logits
{
    /// <summary>Index of the greatest value, the first of equals as <c>llama_sampler_init_greedy</c> has it; −1 where any is no number.</summary>
    public static int IndexOfMax(ReadOnlySpan<float> logits)
    {
        var best = MaxOf(logits);
        for (var i = 0; i < logits.Length; i += Vector<float>.Count)
        {
            var rest = logits[i..];
            if (rest.Length >= Vector<float>.Count && !Vector.EqualsAny(new Vector<float>(rest), new Vector<float>(best)))
                continue;
            var place = IndexOf(rest[..Math.Min(rest.Length, Vector<float>.Count)], best);
            if (place >= 0)
                return i + place;
        }

        return -1;
    }

    /// <summary>Difference between the two greatest values: how near the choice was to going the other way.</summary>
    public static float TopGap(ReadOnlySpan<float> logits)
    {
        var (first, second) = (float.NegativeInfinity, float.NegativeInfinity);
        foreach (var logit in logits)
        {
            if (logit > first)
                (first, second) = (logit, first);
            else if (logit > second)
                second = logit;
        }

        return first - second;
    }

    // NaN spreads through Vector.Max and Math.Max, and equals nothing afterwards.
    static float MaxOf(ReadOnlySpan<float> logits)
    {
        var best = float.NegativeInfinity;
        var i = 0;
        if (logits.Length >= Vector<float>.Count)
        {
            var wide = new Vector<float>(logits);
            for (i = Vector<float>.Count; i + Vector<float>.Count <= logits.Length; i += Vector<float>.Count)
                wide = Vector.Max(wide, new Vector<float>(logits[i..]));
            for (var lane = 0; lane < Vector<float>.Count; lane++)
                best = MathF.Max(best, wide[lane]);
        }

        for (; i < logits.Length; i++)
            best = MathF.Max(best, logits[i]);
        return best;
    }

    static int IndexOf(ReadOnlySpan<float> values, float value)
    {
        for (var i = 0; i < values.Length; i++)
            if (values[i] == value)
                return i;
        return -1;
    }
}
