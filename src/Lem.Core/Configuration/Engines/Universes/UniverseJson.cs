using System.Text.Json.Serialization;

namespace Lem.Core.Configuration.Engines.Universes;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(EngineUniverse))]
sealed partial class UniverseJson : JsonSerializerContext;
