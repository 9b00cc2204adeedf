namespace Lem.Core.Configuration;

/// <summary>The ranges of the universal keys, section by section. What depends on several sections stands in Checks.</summary>
static class ExperimentRules
{
    public static IEnumerable<ConfigError> Validate(ExperimentConfig config) =>
        [
            .. Identity(config),
            .. Sizes(config),
            .. config.Dataset?.Validate().Under("dataset") ?? [],
            .. config.Prompts?.Validate().Under("prompts") ?? [],
            .. config.Decoder.Validate().Under("decoder"),
            .. config.Batching.Validate().Under("batching"),
            .. config.TrafficSimulation.Validate().Under("traffic_simulation"),
            .. config.Slo.Validate().Under("slo"),
            .. config.Warmup.Validate().Under("warmup"),
            .. config.Baseline.Validate().Under("baseline"),
            .. config.Timeseries.Validate().Under("timeseries"),
            .. config.Energy.Validate().Under("energy"),
            .. config.Schedule.Validate().Under("schedule"),
            .. config.Server.Validate().Under("server"),
        ];

    static IEnumerable<ConfigError> Identity(ExperimentConfig config)
    {
        if (config.ConfigName is "")
            yield return new("config_name", "is required: a name of letters, digits, . _ -");
        else if (config.ConfigName.Length > 200 || !config.ConfigName.All(IsNameCharacter) || config.ConfigName.All(character => character is '.'))
            yield return new("config_name", $"must be letters, digits, . _ - (at most 200), but is {config.ConfigName}");
        if (config.ModelName is "")
            yield return new("model_name", "is required: a Hugging Face id, a local directory or .gguf file, or synthetic:<shape>");
    }

    static IEnumerable<ConfigError> Sizes(ExperimentConfig config)
    {
        if (config.MaxInputTokens < 1)
            yield return new("max_input_tokens", $"must be 1 or more, but is {config.MaxInputTokens}");
        if (config.MaxOutputTokens < 1)
            yield return new("max_output_tokens", $"must be 1 or more, but is {config.MaxOutputTokens}");
        if (config.MinOutputTokens < 0)
            yield return new("min_output_tokens", $"must be 0 or more, but is {config.MinOutputTokens}");
        if (config.MinOutputTokens > config.MaxOutputTokens)
            yield return new("min_output_tokens", $"must not exceed max_output_tokens ({config.MaxOutputTokens}), but is {config.MinOutputTokens}");
        if (config.NumInputPrompts < 1)
            yield return new("num_input_prompts", $"must be 1 or more, but is {config.NumInputPrompts}");
        if (config.NumProcesses < 1)
            yield return new("num_processes", $"must be 1 or more, but is {config.NumProcesses}");
        if (config.Concurrency < 1)
            yield return new("concurrency", $"must be 1 or more, but is {config.Concurrency}");
        if (config.StreamingWarmupRequests < 0)
            yield return new("streaming_warmup_requests", $"must be 0 or more, but is {config.StreamingWarmupRequests}");
        if (config.NumCycles is < 1 or > 100)
            yield return new("num_cycles", $"must be 1 to 100, but is {config.NumCycles}");
        if (config.Gpus is { } gpus)
        {
            if (gpus.Any(gpu => gpu.Index < 0))
                yield return new("gpus", "must be indices from 0 or UUIDs, but has a negative one");
            if (gpus.Distinct().Count() != gpus.Count)
                yield return new("gpus", "must name each GPU once");
        }
    }

    static bool IsNameCharacter(char character) => char.IsAsciiLetterOrDigit(character) || character is '.' or '_' or '-';
}
