using System.Text.Json.Serialization;

namespace Lem.Core.Configuration;

/// <summary>How a 95 % interval of a mean is had: Student's t, or the bootstrap (BCa, percentile).</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<CiMethod>))]
public enum CiMethod
{
    T,
    Bca,
    Percentile,
}
