namespace Lem.Measurement.Engines.LlamaCpp.Native;

/// <summary>Tells whether a build lays out its tensors as <see cref="GgmlTensor"/> has them, from a product of two matrices made for the purpose.</summary>
static unsafe class GgmlTensorLayout
{
    // More than three tensors need, so that reading one of an unknown size stays inside.
    const int RoomBytes = 64 * 1024;
    const int Single = 0; // GGML_TYPE_F32

    /// <summary>What is different, or null where the layout is the expected one.</summary>
    public static string? Difference()
    {
        var context = GgmlNative.Init(new() { Bytes = RoomBytes, WithoutData = 1 });
        if (context == 0)
            return "ggml_init gave no room for tensors";
        try
        {
            // 7 is the shared dimension: [7, 5] and [7, 3] make [5, 3].
            var left = GgmlNative.NewTensor2d(context, Single, 7, 5);
            var right = GgmlNative.NewTensor2d(context, Single, 7, 3);
            return Difference(GgmlNative.MulMat(context, left, right), left, right);
        }
        finally
        {
            GgmlNative.FreeContext(context);
        }
    }

    static string? Difference(GgmlTensor* product, GgmlTensor* left, GgmlTensor* right)
    {
        if (GgmlNative.GetName(product) != (byte*)product + GgmlTensor.NameOffset)
            return "ggml_tensor.name is elsewhere";
        if (left->Elements[0] != 7 || left->Elements[1] != 5 || product->Elements[0] != 5 || product->Elements[1] != 3 || product->Elements[3] != 1)
            return "ggml_tensor.ne is elsewhere";
        if (product->Source0 != left || product->Source1 != right || product->Source2 != null)
            return "ggml_tensor.src is elsewhere";
        return left->Operation == 0 && product->Operation is > 0 and < 256
            && LlamaLibrary.Text(GgmlNative.OperationName(product->Operation)) == "MUL_MAT"
            ? null
            : "ggml_tensor.op is elsewhere";
    }
}
