namespace Lem.Core.Configuration;

/// <summary>A place in a configuration file, line and column counted from one; or the file as a whole, where there is no place to point at.</summary>
public sealed record ConfigLocation(string File, int? Line = null, int? Column = null)
{
    public override string ToString() => Line is null ? File : $"{File}:{Line}:{Column}";
}
