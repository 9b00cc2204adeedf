using System.Text.Json.Serialization;

namespace Lem.Core.Configuration;

/// <summary>The law by which requests arrive in an open loop.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<ArrivalKind>))]
public enum ArrivalKind
{
    Constant,
    Poisson,
    Gamma,
    Ramp,
    Trace,
}
