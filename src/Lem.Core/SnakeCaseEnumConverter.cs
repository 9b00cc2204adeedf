using System.Text.Json;
using System.Text.Json.Serialization;

namespace Lem.Core;

/// <summary>A choice as files spell it: <c>SortedStatic</c> is <c>sorted_static</c>. Numbers are no choices.</summary>
public sealed class SnakeCaseEnumConverter<TEnum>() : JsonStringEnumConverter<TEnum>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false)
    where TEnum : struct, Enum;
