namespace Lem.Core.Configuration.Settings;

/// <summary>What a user or a project sets once for all experiments: <c>~/.config/lem/config.yaml</c> and <c>.lem-config.yaml</c>.</summary>
/// <param name="Runners">How each backend's engine is started, by backend.</param>
/// <param name="Images">The container image of each backend.</param>
/// <param name="Pue">Power usage effectiveness of the site, 1 or more.</param>
public sealed record UserSettings(
    string? ResultsDir = null,
    RunnersSettings? Runners = null,
    ImagesSettings? Images = null,
    ThermalGapSettings? ThermalGaps = null,
    Verbosity Verbosity = Verbosity.Normal,
    NotificationSettings? Notifications = null,
    double? CarbonIntensityGPerKwh = null,
    string? Country = null,
    double? Pue = null)
{
    public RunnersSettings Runners { get; init; } = Runners ?? new();

    public ImagesSettings Images { get; init; } = Images ?? new();

    public ThermalGapSettings ThermalGaps { get; init; } = ThermalGaps ?? new();

    public NotificationSettings Notifications { get; init; } = Notifications ?? new();
}

/// <summary>How each backend's engine is started.</summary>
public sealed record RunnersSettings(
    Runner? Pytorch = null, Runner? Vllm = null, Runner? Tensorrt = null, Runner? Llamacpp = null, Runner? Openai = null);

/// <summary>The container image of each backend; null = the one in lem's compose file.</summary>
public sealed record ImagesSettings(string? Pytorch = null, string? Vllm = null, string? Tensorrt = null);

/// <summary>Pauses in which GPUs cool down, in seconds; null = the campaign's.</summary>
public sealed record ThermalGapSettings(double? BetweenExperiments = null, double? BetweenCycles = null);

/// <summary>A webhook that is told when a campaign or experiment ends.</summary>
public sealed record NotificationSettings(string? WebhookUrl = null, bool OnComplete = true, bool OnFailure = true);
