using System.Text.Json.Serialization;

namespace Lem.Core.Configuration;

/// <summary>Where energy readings come from; <c>Auto</c> = every source this machine has, the best per domain.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<EnergySourceChoice>))]
public enum EnergySourceChoice
{
    Auto,
    Nvml,
    Rapl,
    Estimated,
}
