using System.Text.Json;
using System.Text.Json.Serialization;

namespace Lem.Measurement.Hub.Datasets;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(KeptHead))]
[JsonSerializable(typeof(KeptRow))]
sealed partial class DatasetJson : JsonSerializerContext;
