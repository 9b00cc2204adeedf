namespace Lem.Measurement.Engines.LlamaCpp.Native;

/// <summary><c>ggml_log_level</c>.</summary>
enum LlamaLogLevel
{
    None,
    Debug,
    Info,
    Warning,
    Error,

    /// <summary>Goes on with the line before, at its level.</summary>
    Continue,
}
