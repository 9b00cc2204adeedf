using System.Text.Json.Serialization;

namespace Lem.Core.Configuration;

/// <summary>How the engine is started: <c>Auto</c> is local where the engine is found, else Docker.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<Runner>))]
public enum Runner
{
    Auto,
    Local,
    Docker,
}
