using System.Text.Json;
using System.Text.Json.Serialization;

namespace Lem.Core.Results.Json;

/// <summary>An enum by name in snake_case, never by number.</summary>
public sealed class SnakeCaseEnumConverter<T>()
    : JsonStringEnumConverter<T>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false)
    where T : struct, Enum;
