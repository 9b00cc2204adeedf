namespace Lem.Measurement.Engines.LlamaCpp.Gguf;

/// <summary>What a reader accepts from a file it does not trust. Real models stay far below each of these.</summary>
/// <param name="RetainedBytes">Memory the result may take, all strings, items and directory entries together.</param>
/// <param name="ArrayItems">Arrays up to this length are kept; longer ones (vocabularies) are passed over and only counted.</param>
public sealed record GgufLimits(
    int MetadataKeys = 65_536,
    int KeyBytes = 65_535,
    int TextBytes = 8 * 1024 * 1024,
    int ArrayItems = 4_096,
    int ArrayNesting = 4,
    int Tensors = 131_072,
    int TensorNameBytes = 256,
    int AlignmentBytes = 1024 * 1024,
    long RetainedBytes = 48 * 1024 * 1024)
{
    public static readonly GgufLimits Default = new();
}
