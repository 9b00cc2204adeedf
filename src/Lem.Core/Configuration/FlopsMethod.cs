using System.Text.Json.Serialization;

namespace Lem.Core.Configuration;

/// <summary>How operations are counted; <c>Auto</c> takes the best there is: traced, by architecture, by parameters.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<FlopsMethod>))]
public enum FlopsMethod
{
    Auto,
    Traced,
    Architecture,
    Parameters,
}
