using System.Text.Json.Serialization;

namespace Lem.Core.Configuration;

/// <summary>How static batches are formed: by count or by tokens, in given order or by length.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<BatchingStrategy>))]
public enum BatchingStrategy
{
    Static,
    Dynamic,
    SortedStatic,
    SortedDynamic,
}
