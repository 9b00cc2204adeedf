using Lem.Core.Configuration;
using Lem.Core.Results;
using Lem.Core.Statistics;
using Lem.Measurement.Engines;
using Lem.Measurement.Load;

namespace Lem.Measurement.Experiments;

/// <summary>Runs batches that are never measured until their latency has settled, or a cap is reached.</summary>
/// <param name="temperatureSlope">Degrees Celsius per second of the hottest device of late, where known.</param>
sealed class WarmupPhase(IEngine engine, TimeProvider time, Pace pace, Func<double?>? temperatureSlope = null)
{
    /// <returns>How it ended, without its energy, which the caller knows; and the engine's breakdown, if that ended it.</returns>
    public async Task<(WarmupResult Result, Core.LemException? Failure)> RunAsync(ExperimentConfig config, Workload workload, LoadStops stops)
    {
        var settings = config.Warmup;
        var policy = new WarmupPolicy(
            settings.ConvergenceDetection,
            settings.CvThreshold,
            settings.WindowSize,
            // Streaming asks for a number of requests of its own before latencies count.
            config.Streaming ? Math.Max(settings.MinPrompts, config.StreamingWarmupRequests) : settings.MinPrompts,
            settings.MaxPrompts,
            settings.TimeoutSec is { } seconds ? TimeSpan.FromSeconds(seconds) : null);

        var latencies = new List<double>();
        var start = time.GetTimestamp();
        var decision = new WarmupDecision(WarmupState.Continue, null, null);
        while (!decision.Stop && !stops.NoNewRequests.IsCancellationRequested)
        {
            var outcome = await WorkloadRun.OfWarmup(workload, latencies.Count, engine, time, pace).RunAsync(_ => { }, stops);
            if (outcome.EngineFailure is { } failure)
                return (Result("engine_failed"), failure);
            if (outcome.Interrupted)
                break;
            latencies.Add(time.GetElapsedTime(outcome.Open, outcome.Close).TotalMilliseconds);
            decision = WarmupConvergence.Decide(policy, [.. latencies], time.GetElapsedTime(start), temperatureSlope?.Invoke());
        }

        return (Result(Reason(decision.State)), null);

        WarmupResult Result(string reason) => new(
            decision.State == WarmupState.Converged,
            decision.Cv,
            latencies.Count,
            policy.CvThreshold,
            policy.MaxPrompts,
            latencies,
            reason,
            time.GetElapsedTime(start).TotalSeconds,
            EnergyJ: null);
    }

    /// <summary>What is to be doubted after a warm-up, or null.</summary>
    public static Finding? Doubt(WarmupResult result, bool convergenceWanted) => result.Converged || !convergenceWanted || result.StopReason == "cancelled"
        ? null
        : new(
            "warmup_not_converged",
            FindingSeverity.Warning,
            $"latency had not settled after {result.IterationsCompleted} warm-up batches ("
                + (result.FinalCv < result.TargetCv ? "it still drifted, or the chip still got warmer)" : $"variation {result.FinalCv:0.0%}, wanted below {result.TargetCv:0.0%})"),
            "warmup",
            "Raise warmup.max_prompts, or look for other load on the machine; the intervals of the result already carry the noise.",
            new() { ["final_cv"] = result.FinalCv, ["target_cv"] = result.TargetCv, ["iterations"] = result.IterationsCompleted });

    static string Reason(WarmupState state) => state switch
    {
        WarmupState.Converged => "converged",
        WarmupState.MaxPrompts => "max_prompts",
        WarmupState.Timeout => "timeout",
        _ => "cancelled",
    };
}
