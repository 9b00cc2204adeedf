namespace Lem.Core.Metrics.Definitions;

/// <summary>What a field of a result is.</summary>
/// <param name="Path">
/// Dotted path in a result, without positions in lists. <c>*</c> stands for any one name, <c>**</c> at the end for a part and all below it.
/// </param>
/// <param name="Unit">Unit as written after a number: J, W, s, ms, token/s; empty for names, counts have theirs.</param>
/// <param name="Formula">How it is computed from other fields or raw facts.</param>
/// <param name="NullWhen">When it is null; empty if it never is.</param>
/// <param name="Trap">What it is easily taken for and is not.</param>
public sealed record MetricDefinition(
    string Path, string Unit, string Meaning, string Formula = "", string NullWhen = "", string Trap = "")
{
    /// <summary>Whether a path of a result is what this defines; <c>[]</c> in it is passed over.</summary>
    public bool Covers(string path)
    {
        var pattern = Path.Split('.');
        var names = path.Replace("[]", "", StringComparison.Ordinal).Split('.');
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] == "**")
                return true; // Also the part itself: then the names end here.
            if (i == names.Length || (pattern[i] != "*" && pattern[i] != names[i]))
                return false;
        }

        return pattern.Length == names.Length;
    }
}
