using System.Text.Json.Nodes;
using Lem.Core.Configuration.Schema;

namespace Lem.Core.Configuration.Engines;

/// <summary>Variables that a configuration may set for an engine's process: those that engines and their libraries read, and no others.</summary>
/// <remarks>A file that somebody else wrote must not reach the loader (LD_PRELOAD), the interpreter (PYTHONPATH) or the shell by them.</remarks>
static class EngineEnvironment
{
    public const string Name = "environment";

    static readonly string[] _prefixes = ["VLLM_", "TRTLLM_", "TLLM_", "NCCL_", "CUDA_", "TORCH_", "PYTORCH_", "TRITON_", "FLASHINFER_", "DG_", "OMP_", "MKL_", "UCX_"];

    // Variables of engines that make them load code from somewhere, or trust what they should not.
    static readonly string[] _loading = ["PLUGIN", "INJECTION", "LIBRAR", "PRELOAD", "INSECURE", "_PATH", "_DIR", "_ROOT", "_HOME"];

    // lem sets these itself.
    static readonly Dictionary<string, string> _own = new(StringComparer.Ordinal)
    {
        ["CUDA_VISIBLE_DEVICES"] = "gpus",
        ["CUDA_DEVICE_ORDER"] = "gpus",
        ["VLLM_SERVER_DEV_MODE"] = "lem",
    };

    public static Parameter Row(string example) =>
        Parameter.Of(Name, new MapShape(new EitherShape([new TextShape(), new NumberShape()])), Travel.Environment, $"Environment variables of the engine's process, as {example}")
            .Shapes("whatever the variables choose");

    public static ParameterRule Rule { get; } = new(Name, ConfigSeverity.Error, section => Broken(section.Value(Name) as JsonObject ?? []));

    static string? Broken(JsonObject variables)
    {
        foreach (var (name, _) in variables)
        {
            if (_own.TryGetValue(name, out var key))
                return $"must not set {name}: {key} does";
            if (!_prefixes.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal)))
                return $"may set variables of engines only ({string.Join("*, ", _prefixes)}*), but sets {name}: set it where lem is started";
            if (_loading.FirstOrDefault(part => name.Contains(part, StringComparison.Ordinal)) is { } part)
                return $"must not set {name} ({part}): it can make the engine load code; set it where lem is started";
        }

        return null;
    }
}
