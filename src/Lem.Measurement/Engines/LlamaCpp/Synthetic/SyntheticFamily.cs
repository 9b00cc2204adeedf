namespace Lem.Measurement.Engines.LlamaCpp.Synthetic;

/// <summary>The architectures whose dummy weights can be written, by their names in GGUF.</summary>
public enum SyntheticFamily
{
    Llama,

    /// <summary>As Llama, with biases on the query, key and value projections.</summary>
    Qwen2,
}
