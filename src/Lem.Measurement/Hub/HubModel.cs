namespace Lem.Measurement.Hub;

/// <summary>A GGUF model as the hub has it.</summary>
/// <param name="Revision">The commit, tag or branch that was asked for.</param>
/// <param name="Commit">What it stood for then.</param>
/// <param name="Files">Its files, the first part first.</param>
public sealed record HubModel(HubRepository Repository, string Revision, string Commit, IReadOnlyList<string> Files);
