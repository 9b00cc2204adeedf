using System.Text.Json.Serialization;

namespace Lem.Core.Configuration;

/// <summary>Published request traces: Azure LLM (CSV), Mooncake (JSON lines), BurstGPT (CSV).</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<TraceFormat>))]
public enum TraceFormat
{
    Azure,
    Mooncake,
    Burstgpt,
}
