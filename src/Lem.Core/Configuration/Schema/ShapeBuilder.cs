using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Lem.Core.Configuration.Engines;

namespace Lem.Core.Configuration.Schema;

/// <summary>Makes shapes from the generated metadata of records; sections of engines come from their tables.</summary>
static class ShapeBuilder
{
    static readonly IntegerShape _gpuIndex = new();

    public static ObjectShape Of(JsonTypeInfo type) => new(
        type.Properties
            .Where(property => property.Get is not null)
            .ToDictionary(property => property.Name, property => OfProperty(type, property)));

    static Shape OfProperty(JsonTypeInfo owner, JsonPropertyInfo property)
    {
        if (property.PropertyType == typeof(JsonObject))
            return ParameterTables.ForSection(property.Name)?.Shape ?? (Shape)FreeMap(property);
        var shape = OfType(property.PropertyType, owner.Options);
        return shape with { Nullable = shape.Nullable || (!property.PropertyType.IsValueType && property.IsGetNullable) };
    }

    static Shape OfType(Type type, JsonSerializerOptions options)
    {
        if (System.Nullable.GetUnderlyingType(type) is { } underlying)
            return OfType(underlying, options) with { Nullable = true };
        if (type.IsEnum)
            return new ChoiceShape([.. Enum.GetNames(type).Select(JsonNamingPolicy.SnakeCaseLower.ConvertName)]);
        if (type == typeof(bool))
            return new BooleanShape();
        if (type == typeof(int))
            return new IntegerShape(int.MinValue, int.MaxValue);
        if (type == typeof(double))
            return new NumberShape();
        if (type == typeof(string))
            return new TextShape();
        if (type == typeof(GpuId))
            return new EitherShape([_gpuIndex, new TextShape()]);
        if (type == typeof(JsonObject))
            return new MapShape(new AnyShape { Nullable = true });
        return OfMetadata(options.GetTypeInfo(type), options);
    }

    static Shape OfMetadata(JsonTypeInfo type, JsonSerializerOptions options) => type switch
    {
        { Kind: JsonTypeInfoKind.Enumerable, ElementType: { } element } => new ListShape(OfType(element, options)),
        { PolymorphismOptions: { } variants } => new VariantShape(
            variants.TypeDiscriminatorPropertyName,
            variants.DerivedTypes.ToDictionary(variant => (string)variant.TypeDiscriminator!, variant => Of(options.GetTypeInfo(variant.DerivedType)))),
        { Kind: JsonTypeInfoKind.Object } => Of(type),
        _ => throw new NotSupportedException($"no shape for {type.Type}"),
    };

    static MapShape FreeMap(JsonPropertyInfo property) => new(new AnyShape { Nullable = true }) { Nullable = property.IsGetNullable };
}
