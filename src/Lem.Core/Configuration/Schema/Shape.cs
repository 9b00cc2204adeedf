namespace Lem.Core.Configuration.Schema;

/// <summary>What a value may be. One tree of shapes, made from the records and the engine tables, serves the binder,
/// the suggestions, <c>--set</c> and the published JSON schema.</summary>
public abstract record Shape
{
    public bool Nullable { get; init; }

    /// <summary>The shape in words, for messages: "a whole number".</summary>
    public abstract string Words { get; }
}

public sealed record BooleanShape : Shape
{
    public override string Words => "true or false";
}

/// <summary>A whole number within inclusive limits.</summary>
public sealed record IntegerShape(long? Min = null, long? Max = null) : Shape
{
    public override string Words => "a whole number";
}

/// <summary>A number within inclusive limits; <c>Above</c> and <c>Below</c> exclude the limit itself.</summary>
public sealed record NumberShape(double? Min = null, double? Max = null, double? Above = null, double? Below = null) : Shape
{
    public override string Words => "a number";
}

public sealed record TextShape : Shape
{
    public override string Words => "text";
}

public sealed record ChoiceShape(IReadOnlyList<string> Choices) : Shape
{
    public override string Words => Choices.Count == 1 ? Choices[0] : $"{string.Join(", ", Choices.SkipLast(1))} or {Choices[^1]}";
}

public sealed record ListShape(Shape Element) : Shape
{
    public override string Words => "a list";
}

/// <summary>A mapping with known keys.</summary>
public sealed record ObjectShape(IReadOnlyDictionary<string, Shape> Members) : Shape
{
    public override string Words => "a mapping";
}

/// <summary>A mapping whose keys are free.</summary>
public sealed record MapShape(Shape Value) : Shape
{
    public override string Words => "a mapping";
}

/// <summary>A mapping whose <paramref name="Discriminator"/> says which keys it may have.</summary>
public sealed record VariantShape(string Discriminator, IReadOnlyDictionary<string, ObjectShape> Variants) : Shape
{
    public override string Words => $"a mapping with {Discriminator}: {string.Join(" | ", Variants.Keys)}";
}

/// <summary>Any one of several shapes.</summary>
public sealed record EitherShape(IReadOnlyList<Shape> Shapes) : Shape
{
    public override string Words => string.Join(", or ", Shapes.Select(shape => shape.Words));
}

/// <summary>Anything, passed on as it is.</summary>
public sealed record AnyShape : Shape
{
    public override string Words => "any value";
}
