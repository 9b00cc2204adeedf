namespace Lem.Measurement.Engines.LlamaCpp;

/// <summary>The precision in which a model's matrices are multiplied.</summary>
static class ComputePrecision
{
    /// <summary>
    /// Of the type most weights have. llama.cpp multiplies quantised weights of any width with activations it rounds to 8 bits
    /// (<c>vec_dot_type</c> of ggml-cpu: q8_0, q8_1, q8_K), so all of them compute as int8.
    /// </summary>
    public static string Of(string? weightType) => weightType switch
    {
        null => "mixed",
        "f32" => "fp32",
        "f16" => "fp16",
        "bf16" => "bf16",
        _ => "int8",
    };
}
