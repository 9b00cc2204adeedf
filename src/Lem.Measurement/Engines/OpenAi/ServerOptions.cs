using System.Text.Json.Nodes;
using Lem.Core.Configuration;
using Lem.Measurement.Engines.OpenAi.Dialects;

namespace Lem.Measurement.Engines.OpenAi;

/// <summary>How a server is addressed, and what it is asked.</summary>
/// <param name="Name">The backend's name in results: openai, vllm, tensorrt.</param>
/// <param name="ModelName">The name it knows the model by.</param>
/// <param name="Headers">Of every request; may hold secrets.</param>
/// <param name="Fields">Further fields of every request.</param>
/// <param name="ReadyTimeout">How long a server may take until it answers.</param>
/// <param name="MetricsInterval">Between two looks at its counters in a window.</param>
/// <param name="KeepsText">Answers are kept (<c>save_outputs</c>).</param>
/// <param name="Devices">Where it computes, as far as known: GPUs by the meter's names, <c>cpu</c>.</param>
/// <param name="Dialect">What kind of server it is; null = it is asked.</param>
/// <param name="ReusesNothing">It was started without a prefix cache: there is nothing to empty.</param>
/// <param name="ReusesPrompts">Its prefix cache is used on purpose (<c>prompt_reuse: keep</c>).</param>
public sealed record ServerOptions(
    string Name,
    string ModelName,
    ServerEndpoint Endpoint,
    IReadOnlyDictionary<string, string> Headers,
    JsonObject Fields,
    TimeSpan ReadyTimeout,
    TimeSpan RequestTimeout,
    TimeSpan IdleTimeout,
    TimeSpan MetricsInterval,
    bool KeepsText,
    IReadOnlyList<string> Devices,
    string? ComputePrecision,
    ServerKind? Dialect = null,
    bool ReusesNothing = false,
    bool ReusesPrompts = false);
