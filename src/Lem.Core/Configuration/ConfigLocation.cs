namespace Lem.Core.Configuration;

/// <summary>A place in a configuration file; line and column count from one.</summary>
public sealed record ConfigLocation(string File, int Line, int Column)
{
    public override string ToString() => $"{File}:{Line}:{Column}";
}
