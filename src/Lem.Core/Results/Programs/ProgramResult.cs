using System.Text.Json.Nodes;
using Lem.Core.Results.Raw;

namespace Lem.Core.Results.Programs;

/// <summary>What a program cost, from its start to its end: the answer of <c>lem measure</c>. Unknown is null, its reason in <paramref name="Unavailable"/>.</summary>
/// <param name="Command">The program and its arguments, as given.</param>
/// <param name="ExitCode">The program's own; 128 + signal where one ended it.</param>
/// <param name="Interrupted">A person or a supervisor asked for the end: the window is whole, the program's work may not be.</param>
/// <param name="Window">From just before the program is started until its end is known.</param>
/// <param name="Domains">Every device looked for; adjusted by the idle power measured just before the program, once under each of the two names.</param>
/// <param name="Environment">The machine before the program.</param>
public sealed record ProgramResult(
    string SchemaVersion,
    string Producer,
    string LemVersion,
    IReadOnlyList<string> Command,
    int ExitCode,
    bool Interrupted,
    Timestamps Window,
    ProgramEnergy EnergyMetrics,
    ProgramUse Resources,
    IReadOnlyList<DomainEnergyRecord> Domains,
    IReadOnlyList<BaselineRecord> Baselines,
    IReadOnlyList<SamplerQuality> Sampling,
    IReadOnlyList<GpuTelemetry> Gpus,
    ThermalThrottleInfo ThermalThrottle,
    MeasurementOverhead Overhead,
    JsonObject? Environment,
    IReadOnlyList<Finding> Findings,
    IReadOnlyList<Unavailable> Unavailable)
{
    public const string Schema = "1.0.0";
}
