namespace Lem.Core.Configuration.Engines.Universes;

/// <summary>What one door of an engine takes: its command line, its file, or the body of a request.</summary>
/// <param name="Style">How it is written: argparse, click, yaml, json.</param>
/// <param name="Unknown">What becomes of a name it does not know: refused, or passed over.</param>
/// <param name="Counts">Whether it counts in the coverage; a second door to the same arguments does not.</param>
public sealed record ArgumentList(string Name, string Style, string Unknown, bool Counts, IReadOnlyList<EngineArgument> Arguments)
{
    public EngineArgument? Find(string name) => Arguments.FirstOrDefault(argument => argument.IsCalled(name));
}
