namespace Lem.Measurement.Launching.Containers;

/// <summary>What tells an image from every other, whatever its tag has come to mean.</summary>
static class ImageDigest
{
    /// <summary>The digest under which a registry has it, the same on every machine; else the id it has here.</summary>
    /// <param name="inspected">Id, then <c>name@digest</c> for each registry that has it.</param>
    public static string Of(string inspected)
    {
        var words = inspected.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return words.Skip(1).Order(StringComparer.Ordinal).Select(name => name[(name.IndexOf('@', StringComparison.Ordinal) + 1)..]).FirstOrDefault() ?? words[0];
    }
}
