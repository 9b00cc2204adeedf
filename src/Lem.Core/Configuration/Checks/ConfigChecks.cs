namespace Lem.Core.Configuration.Checks;

/// <summary>What is doubtful or impossible about a configuration as a whole, before anything is loaded.</summary>
static class ConfigChecks
{
    public static IEnumerable<ConfigError> Run(CheckContext context) =>
    [
        .. SamplingChecks.Run(context),
        .. WorkloadChecks.Run(context),
        .. DeviceChecks.Run(context),
        .. EngineChecks.Run(context),
        .. MeasurementChecks.Run(context),
    ];
}
