namespace Lem.Core.Configuration.Checks;

/// <summary>Whether what is measured will be long and fine enough to trust.</summary>
static class MeasurementChecks
{
    const int FewestSensorUpdates = 10;
    const int FewestForPercentile = 30;

    static readonly TimeSpan _shortestWindow = TimeSpan.FromSeconds(10);

    public static IEnumerable<ConfigError> Run(CheckContext context)
    {
        var config = context.Config;
        if (config.Baseline.Enabled && context.Machine.SensorPeriod is { } period
            && TimeSpan.FromSeconds(config.Baseline.DurationSec) < period * FewestSensorUpdates)
        {
            yield return new(
                "baseline.duration_sec",
                $"is shorter than ten updates of the power sensor ({(period * FewestSensorUpdates).TotalSeconds} s), and is {config.Baseline.DurationSec}",
                ConfigSeverity.Warning);
        }
        if (context.Machine.EstimatedWindow is { } window && window < _shortestWindow)
        {
            yield return new(
                "num_input_prompts",
                $"gives a run of about {window.TotalSeconds:0.#} s: energy is unreliable below about 5 s, and better above 10 s",
                ConfigSeverity.Warning);
        }
        if (config is { Statistics.CiMethod: CiMethod.Percentile, NumCycles: > 1 and < FewestForPercentile })
        {
            yield return new(
                "statistics.ci_method",
                $"percentile intervals need {FewestForPercentile} cycles or more, but num_cycles is {config.NumCycles}",
                ConfigSeverity.Warning);
        }
    }
}
