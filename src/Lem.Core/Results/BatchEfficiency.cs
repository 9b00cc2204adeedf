namespace Lem.Core.Results;

/// <summary>How full static batches were.</summary>
/// <param name="EffectiveBatchSize">Requests ÷ batches.</param>
/// <param name="BatchUtilisation">Effective ÷ configured batch size, 0–1.</param>
/// <param name="PaddingOverhead">Padding tokens ÷ (padding + input + output tokens), 0–1.</param>
public sealed record BatchEfficiency(double? EffectiveBatchSize, double? BatchUtilisation, double? PaddingOverhead, int? NumBatches);
