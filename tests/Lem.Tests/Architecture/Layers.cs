namespace Lem.Tests.Architecture;

/// <summary>
/// What each part of the code may know. A part is a namespace with all below it; a reference is judged by the innermost part that
/// holds its origin. Inside a part everything knows everything; outside the root nothing is judged.
/// </summary>
/// <param name="root">The namespace whose inside is judged: <c>Lem</c>.</param>
/// <param name="mayKnow">For each part the namespaces and types that it may know beside itself.</param>
sealed class Layers(string root, IReadOnlyDictionary<string, string[]> mayKnow)
{
    /// <summary>The references that are not allowed, each said in words. Origins in no part are breaches too: a new folder needs a rule.</summary>
    public IEnumerable<string> Breaches(IEnumerable<Reference> references) =>
        from reference in references
        where Holds(root, reference.From) && Holds(root, reference.To)
        let part = mayKnow.Keys.Where(part => Holds(part, reference.From)).MaxBy(part => part.Length)
        where part is null || !mayKnow[part].Append(part).Any(known => Holds(known, reference.To))
        select part is null ? $"{reference.From} belongs to no part: give its folder a rule" : $"{part} must not know {reference.To}: {reference}";

    static bool Holds(string part, string name)
        => name.StartsWith(part, StringComparison.Ordinal) && (name.Length == part.Length || name[part.Length] == '.');
}
