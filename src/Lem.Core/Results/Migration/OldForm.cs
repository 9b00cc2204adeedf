namespace Lem.Core.Results.Migration;

/// <summary>Which older tool wrote a file.</summary>
public enum OldForm
{
    /// <summary>The predecessor, schema 2.x: as 3.0.0, without the fields that came later.</summary>
    Lem2,

    /// <summary>The predecessor, schema 3.0.0.</summary>
    Lem3,

    /// <summary>Its rewrite (<c>llem</c>), schema 3.0.</summary>
    Llem3,
}
