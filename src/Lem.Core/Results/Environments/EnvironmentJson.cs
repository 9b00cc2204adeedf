using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Lem.Core.Results.Environments;

/// <summary>Snapshots as they stand in results.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, UseStringEnumConverter = true)]
[JsonSerializable(typeof(EnvironmentSnapshot))]
public sealed partial class EnvironmentJson : JsonSerializerContext
{
    public static JsonObject? ToJson(EnvironmentSnapshot snapshot) =>
        JsonSerializer.SerializeToNode(snapshot, Default.EnvironmentSnapshot)?.AsObject();
}
