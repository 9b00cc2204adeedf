using Lem.Core.Configuration.Documents;
using Lem.Core.Configuration.Engines;

namespace Lem.Core.Configuration.Loading;

/// <summary>Decides what the merged layers leave open: the engine, its GPUs, where prompts come from, whose sections stay.</summary>
static class Settling
{
    public static Backend BackendOf(ConfigMapping merged) =>
        (merged["backend"] as ConfigScalar)?.Text is { } name && Enum.TryParse<Backend>(name, ignoreCase: true, out var backend)
            ? backend
            : NamesServer(merged["server"] as ConfigMapping)
            ? Backend.Openai
            : BackendRule.For((merged["model_name"] as ConfigScalar)?.Text ?? "");

    static bool NamesServer(ConfigMapping? server) => server?["url"] is ConfigScalar { IsNull: false } || server?["command"] is not (null or ConfigScalar { IsNull: true });

    /// <summary>A section that was set to null is the section's defaults.</summary>
    public static ConfigMapping RestoreSections(ConfigMapping merged, ConfigMapping defaults)
    {
        foreach (var section in defaults.Members)
        {
            if (section.Value is ConfigMapping && section.Key is not "dataset" && merged[section.Key] is ConfigScalar { IsNull: true })
                merged = merged.With(section);
        }
        return merged;
    }

    /// <summary>Prompts come from one source: of <c>dataset</c> and <c>prompts</c> the one set by the higher layer.</summary>
    public static ConfigMapping ChoosePrompts(ConfigMapping merged, ConfigMapping defaults, ICollection<ConfigError> problems)
    {
        var isPrompts = merged["prompts"] is ConfigMapping;
        if (!isPrompts)
            return merged["dataset"] is ConfigMapping ? merged : merged.With("dataset", defaults["dataset"]!); // the defaults have one
        if (merged["dataset"] is not ConfigMapping dataset)
            return merged;
        var (datasetLayer, promptsLayer) = (Highest(dataset), Highest(merged["prompts"]!)); // is a mapping, just seen
        if (datasetLayer == promptsLayer)
            problems.Add(new("prompts", "must not stand beside dataset: prompts come from one of them", Location: merged["prompts"]!.Origin.Location));
        return datasetLayer > promptsLayer
            ? merged.With("prompts", new ConfigScalar(dataset.Origin, null))
            : merged.With("dataset", new ConfigScalar(merged["prompts"]!.Origin, null));
    }

    /// <summary>Leaves out sections of other engines: with a note where they may stand, with an error where not.</summary>
    public static ConfigMapping DropOtherBackends(
        ConfigMapping merged, Backend backend, Func<string, bool> standsInOwnFile, bool areAllowed, ICollection<ConfigError> problems)
    {
        var own = ParameterTables.For(backend).Section;
        foreach (var section in ParameterTables.All.Select(table => table.Section).Where(section => section != own))
        {
            if (merged[section] is not { } value || value is ConfigScalar { IsNull: true })
                continue;
            var isAnError = !areAllowed && standsInOwnFile(section);
            problems.Add(new(
                section,
                isAnError ? $"is the section of another backend: backend is {own}" : $"is left out: backend is {own}",
                isAnError ? ConfigSeverity.Error : ConfigSeverity.Info,
                value.Origin.Location));
            merged = merged.Without(section);
        }
        return merged;
    }

    /// <summary>
    /// Writes out what null stands for: the backend, GPU 0 and float16 where the engine runs on a GPU of this machine, as many requests in flight at a server as a batch was to have.
    /// </summary>
    public static ConfigMapping FillIn(ConfigMapping merged, Backend backend)
    {
        var name = ParameterTables.For(backend).Section;
        merged = Fill(merged, "backend", new ConfigScalar(Because("from model_name"), name));
        if (IsRemote(merged))
            merged = Fill(merged, "gpus", new ConfigSequence(Because("the server is elsewhere"), []));
        else if (BackendRule.NeedsGpu(backend))
            merged = Fill(merged, "gpus", new ConfigSequence(Because($"for {name}"), [new ConfigScalar(Because($"for {name}"), 0L)]));
        if (BackendRule.NeedsGpu(backend))
            merged = Fill(merged, "fp_precision", new ConfigScalar(Because($"for {name}"), "float16"));
        if (BackendRule.IsServer(backend) && merged.Find("traffic_simulation.enabled") is not ConfigScalar { Value: true } && merged.Find("batching.batch_size") is { Origin.Layer: not Layer.Default } batch)
            merged = Fill(merged, "concurrency", batch);
        return DropNulls(ShortenWarmup(merged), name);
    }

    // Whoever asks for few warm-up prompts means the usual two numbers below it to follow.
    static ConfigMapping ShortenWarmup(ConfigMapping merged)
    {
        if (merged["warmup"] is not ConfigMapping warmup || (warmup["max_prompts"] as ConfigScalar)?.Value is not long most)
            return merged;
        foreach (var (key, least) in ((string, long)[])[("min_prompts", 1), ("window_size", WarmupConfig.SmallestWindow)])
            if (warmup[key] is ConfigScalar { Value: long usual } && Highest(warmup[key]!) == Layer.Default && usual > most) // is there, just seen
                warmup = warmup.With(key, new ConfigScalar(Because($"for max_prompts {most}"), Math.Max(least, most)));
        return merged.With("warmup", warmup);
    }

    static ConfigMapping Fill(ConfigMapping merged, string key, ConfigNode value) =>
        merged[key] is null or ConfigScalar { IsNull: true } ? merged.With(key, value) : merged;

    // A parameter that is null is one that is not given.
    static ConfigMapping DropNulls(ConfigMapping merged, string section) =>
        merged[section] is ConfigMapping values ? merged.With(section, WithoutNulls(values)) : merged;

    static ConfigMapping WithoutNulls(ConfigMapping values) => new(
        values.Origin,
        from member in values.Members
        where member.Value is not ConfigScalar { IsNull: true }
        select member.Key is not ParameterTable.ExtraKey && member.Value is ConfigMapping nested
            ? member with { Value = WithoutNulls(nested) }
            : member);

    static bool IsRemote(ConfigMapping merged) =>
        (merged.Find("server.url") as ConfigScalar)?.Text is { } url
        && Uri.TryCreate(url, UriKind.Absolute, out var address)
        && !address.IsLoopback;

    static Layer Highest(ConfigNode node) => node switch
    {
        ConfigMapping map => map.Members.Select(member => Highest(member.Value)).Append(Layer.Default).Max(),
        _ => node.Origin.Layer,
    };

    static Origin Because(string detail) => Origin.Default with { Detail = detail };
}
