using System.Collections.Frozen;

namespace Lem.Measurement.Engines.LlamaCpp.Tracing;

/// <summary>FLOP of one node of a ggml graph, by its shapes: 2 for each multiplication with its addition.</summary>
/// <remarks>
/// Operations and shapes are those of ggml.h. Attention counts the whole rectangle of queries and cells, masked or not. Norms, activations, rotary
/// positions, softmax and copies count nothing, as everywhere in the field (below 1 %).
/// </remarks>
static class NodeFlops
{
    // Everything else would be work of unknown size (state spaces, convolutions, operations to come): no count is better than a wrong one.
    static readonly FrozenSet<string> Uncounted = FrozenSet.Create(
        StringComparer.Ordinal,
        "NONE", "DUP", "ADD", "ADD_ID", "ADD1", "ACC", "SUB", "MUL", "DIV", "SQR", "SQRT", "LOG", "SIN", "COS", "SUM", "SUM_ROWS", "CUMSUM", "MEAN",
        "ARGMAX", "COUNT_EQUAL", "REPEAT", "CONCAT", "NORM", "RMS_NORM", "GROUP_NORM", "L2_NORM", "SCALE", "SET", "CPY", "CONT", "RESHAPE", "VIEW",
        "PERMUTE", "TRANSPOSE", "GET_ROWS", "SET_ROWS", "DIAG", "DIAG_MASK_INF", "DIAG_MASK_ZERO", "SOFT_MAX", "ROPE", "CLAMP", "PAD", "ROLL", "ARANGE",
        "ARGSORT", "TOP_K", "LEAKY_RELU", "TRI", "FILL", "UNARY", "GLU");

    /// <summary>Null for an operation whose work is not known here.</summary>
    public static double? Of(string operation, TensorShape result, TensorShape first, TensorShape second, TensorShape third) => operation switch
    {
        // Each element of the result is a dot product along the first operand's columns; MUL_MAT_ID has one for each chosen expert.
        "MUL_MAT" or "MUL_MAT_ID" => 2 * first.Columns * result.Elements,
        "OUT_PROD" => 2 * first.Rows * result.Elements,
        // Queries [d, n, heads], keys [d, cells, …], values [d_v, cells, …]: a score and a weighted sum for each pair.
        "FLASH_ATTN_EXT" => 2 * (double)(first.Columns + third.Columns) * first.Rows * first.Planes * first.Volumes * second.Rows,
        _ => Uncounted.Contains(operation) ? 0 : null,
    };
}
