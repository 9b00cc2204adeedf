namespace Lem.Measurement.Engines;

/// <summary>What an engine can do; checks and the load use it instead of asking which engine it is.</summary>
/// <param name="StaticBatches">Requests are given as whole batches that start and end together.</param>
/// <param name="ExactPhases">Tells where prefill ends and decoding begins.</param>
/// <param name="StepsTokens">Stamps every token on its own, so that ITL is exact.</param>
/// <param name="EmptiesCaches">Prefix caches can be emptied between windows.</param>
/// <param name="InProcess">Runs inside this process: its CPU time and memory are ours.</param>
public sealed record EngineCapabilities(
    bool StaticBatches,
    bool ExactPhases,
    bool StepsTokens,
    bool EmptiesCaches,
    bool InProcess);
