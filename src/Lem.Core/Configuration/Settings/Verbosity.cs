using System.Text.Json.Serialization;

namespace Lem.Core.Configuration.Settings;

/// <summary>How much is said on stderr.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<Verbosity>))]
public enum Verbosity
{
    Quiet,
    Normal,
    Verbose,
}
