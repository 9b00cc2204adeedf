using Lem.Measurement.Engines.LlamaCpp.Gguf;

namespace Lem.Measurement.Engines.LlamaCpp;

/// <summary>The precision in which a model's matrices are multiplied.</summary>
static class ComputePrecision
{
    /// <summary>
    /// Of the type that most weight bytes have. llama.cpp multiplies quantised weights of any width with activations it rounds to 8 bits
    /// (<c>vec_dot_type</c> of ggml-cpu: q8_0, q8_1, q8_K), so all of them compute as int8.
    /// </summary>
    public static string Of(GgufFile file)
    {
        var matrices = file.Tensors.Where(tensor => tensor.Dimensions.Count > 1);
        return matrices.GroupBy(tensor => tensor.Type.Name).MaxBy(group => group.Sum(tensor => tensor.Bytes ?? 0))?.Key switch
        {
            "f32" => "fp32",
            "f16" => "fp16",
            "bf16" => "bf16",
            null => "mixed",
            _ => "int8",
        };
    }
}
