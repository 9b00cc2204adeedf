using Lem.Core.Metrics.Flops;
using Lem.Measurement.Engines.LlamaCpp.Synthetic;

namespace Lem.Measurement.Engines.LlamaCpp.Gguf;

/// <summary>What a GGUF file says about its model.</summary>
/// <param name="Parameters">Counted from the tensors, biases and norms included; null for a part of a split model.</param>
/// <param name="WeightTypes">Parameters by tensor type (<c>f16</c> → 134,479,872), largest first.</param>
/// <param name="Architecture">The dimensions, where the formulas hold for this model; else null.</param>
/// <param name="ArchitectureReason">Why there is no architecture; null where there is one.</param>
/// <param name="SyntheticShape">The shape this file was made from, or null for a trained model.</param>
public sealed record GgufModelFacts(
    string? Name,
    string? Family,
    long LengthBytes,
    ParameterCounts? Parameters,
    IReadOnlyList<KeyValuePair<string, long>> WeightTypes,
    int? Hidden,
    int? Vocabulary,
    int? MaximumContext,
    bool HasChatTemplate,
    ModelArchitecture? Architecture,
    string? ArchitectureReason,
    string? SyntheticShape)
{
    // Norms, biases and what small projections an architecture adds stay below this share of the weights.
    const double Agreement = 0.01;

    public static GgufModelFacts From(GgufFile file)
    {
        var dimensions = new GgufDimensions(file);
        var isPart = file.IntegerAt("split.count") > 1;
        var parameters = isPart || file.Tensors.Count == 0 ? null : CountParameters(file, dimensions);
        var (architecture, reason) = Check(GgufArchitectureReader.Read(file), parameters);

        return new GgufModelFacts(
            file.TextAt("general.name"),
            file.Architecture,
            file.LengthBytes,
            parameters,
            [.. file.Tensors.GroupBy(tensor => tensor.Type.Name)
                .Select(group => KeyValuePair.Create(group.Key, group.Sum(tensor => tensor.Elements)))
                .OrderByDescending(entry => entry.Value)],
            dimensions.Size("embedding_length"),
            dimensions.Vocabulary,
            dimensions.Size("context_length"),
            file.Metadata.ContainsKey("tokenizer.chat_template"),
            architecture,
            reason,
            file.TextAt(SyntheticModelWriter.ShapeKey));
    }

    static ParameterCounts CountParameters(GgufFile file, GgufDimensions dimensions)
    {
        var embedding = file.Tensors.Where(IsEmbedding).Sum(tensor => tensor.Elements);
        var rest = file.Tensors.Where(tensor => !IsEmbedding(tensor)).ToList();
        var nonEmbedding = rest.Sum(tensor => tensor.Elements);
        var idle = rest.Where(tensor => tensor.Name.Contains("_exps.", StringComparison.Ordinal)).Sum(tensor => tensor.Elements)
            * (1 - dimensions.ActiveExpertFraction);
        return new ParameterCounts(embedding + nonEmbedding, embedding, nonEmbedding, nonEmbedding - (long)Math.Round(idle));
    }

    static bool IsEmbedding(GgufTensor tensor) => tensor.Name is
        "token_embd.weight" or "output.weight" or "position_embd.weight" or "token_types.weight" or "per_layer_token_embd.weight";

    /// <summary>The formulas hold where they find as many weights as the tensors have; else this model has something they do not know.</summary>
    static (ModelArchitecture?, string?) Check((ModelArchitecture? Architecture, string? Reason) read, ParameterCounts? counted)
    {
        if (read.Architecture is not { } architecture || counted is null)
            return read;
        var expected = architecture.Parameters.ActiveNonEmbedding;
        return Math.Abs(expected - counted.ActiveNonEmbedding) <= Agreement * counted.ActiveNonEmbedding
            ? read
            : (null, $"for '{architecture.Family}' the formulas give {expected} active weights, the file holds {counted.ActiveNonEmbedding}");
    }
}
