using static Lem.Core.Configuration.Legacy.LegacyKey;

namespace Lem.Core.Configuration.Legacy;

/// <summary>Old keys of campaign files.</summary>
static class CampaignLegacy
{
    public static IReadOnlyList<LegacyKey> Keys { get; } =
    [
        Renamed("execution.warmup_prompts", "warmup.min_prompts"),
        Renamed("execution.warmup_timeout_seconds", "warmup.timeout_sec"),
        Renamed("daemon.at", "schedule.at"),
        Renamed("daemon.interval", "schedule.interval"),
        Renamed("daemon.total_duration", "schedule.total_duration"),
        Dropped("daemon.enabled", "a schedule that is given is kept"),
        Dropped("daemon.quiet", "--quiet says it"),
        Dropped("io.configs_dir", "configs are relative to the campaign's file"),
        Dropped("io.state_dir", "the state stands in the campaign's folder under results"),
        Dropped("io.manifest_filename", "the manifest is campaigns/<name>/manifest.jsonl under results"),
        Renamed("grid.shared", "vary"),
        Renamed("grid.backends", "vary.backend"),
        Renamed("grid.models", "vary.model_name"),
        Renamed("grid.backend_overrides", "vary"),
    ];
}
