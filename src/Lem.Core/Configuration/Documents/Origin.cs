namespace Lem.Core.Configuration.Documents;

/// <summary>Where a value comes from.</summary>
/// <param name="Source">default, user:&lt;file&gt;, environment, preset:&lt;name&gt;, file:&lt;path&gt;, cli.</param>
/// <param name="Detail">The flag, the variable or the place, for people.</param>
sealed record Origin(Layer Layer, string Source, string? Detail = null, ConfigLocation? Location = null)
{
    public static Origin Default { get; } = new(Layer.Default, "default");

    public Origin At(int line, int column) =>
        Location is null ? this : this with { Location = Location with { Line = line, Column = column } };
}
