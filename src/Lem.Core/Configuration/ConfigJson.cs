using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Lem.Core.Configuration.Campaigns;
using Lem.Core.Configuration.Settings;

namespace Lem.Core.Configuration;

/// <summary>The one JSON form of the configuration: snake_case, read, written and published by generated code.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    AllowOutOfOrderMetadataProperties = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    WriteIndented = true)]
[JsonSerializable(typeof(ExperimentConfig))]
[JsonSerializable(typeof(UserSettings))]
[JsonSerializable(typeof(CampaignConfig))]
[JsonSerializable(typeof(JsonObject))]
public sealed partial class ConfigJson : JsonSerializerContext;
