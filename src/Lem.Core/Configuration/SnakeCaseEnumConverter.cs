using System.Text.Json;
using System.Text.Json.Serialization;

namespace Lem.Core.Configuration;

/// <summary>Writes a choice as the configuration spells it: <c>SortedStatic</c> is <c>sorted_static</c>. Numbers are no choices.</summary>
public sealed class SnakeCaseEnumConverter<TEnum>() : JsonStringEnumConverter<TEnum>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false)
    where TEnum : struct, Enum;
