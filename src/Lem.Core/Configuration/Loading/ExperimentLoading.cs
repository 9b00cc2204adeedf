using System.Text.Json;
using System.Text.Json.Nodes;
using Lem.Core.Configuration.Checks;
using Lem.Core.Configuration.Documents;
using Lem.Core.Configuration.Output;
using Lem.Core.Configuration.Presets;
using Lem.Core.Configuration.Settings;

namespace Lem.Core.Configuration.Loading;

/// <summary>One loading of one experiment: layers are read and checked, merged, settled, bound and checked as a whole.</summary>
sealed class ExperimentLoading(ConfigEnvironment environment, ConfigRequest request)
{
    static readonly ConfigMapping _defaults = (ConfigMapping)ConfigNode.From(
        JsonSerializer.SerializeToNode(new ExperimentConfig(Dataset: new()), ConfigJson.Default.ExperimentConfig), Origin.Default);

    readonly ConfigFiles _files = new(environment.WorkingDirectory);
    readonly List<ConfigError> _problems = [];

    public LoadedConfig Load()
    {
        var settings = new SettingsLayers(environment, _files).Read(_problems);
        var documents = ReadDocuments();
        var preset = ReadPreset(documents, out var presetName);
        var below = Merge([_defaults, preset, .. documents]);
        var overrides = ReadOverrides(below);
        if (_problems.Any(problem => problem.Severity is ConfigSeverity.Error))
            ThrowOnErrors([.. _problems, .. RangeErrorsBeside([preset, .. documents, overrides])]);

        var upper = Merge([preset, .. documents, overrides]);
        var backend = Settling.BackendOf(_defaults.MergedWith(upper));
        var settingKeys = SettingsLayers.ForExperiment(Merge(settings), backend);
        var merged = Settle(Merge([_defaults, settingKeys, upper]), documents, overrides, backend);

        var config = merged.ToJson().Deserialize(ConfigJson.Default.ExperimentConfig)
            ?? throw new InvalidOperationException("a mapping has been bound to nothing");
        ThrowOnErrors([.. _problems, .. Locate(config.Validate(), merged)]);
        Examine(config, merged);
        return Describe(config, merged, presetName, overrides);
    }

    // Mistakes of form must not hide those of range: what stands outside the broken sections is bound and checked all the same.
    IEnumerable<ConfigError> RangeErrorsBeside(IReadOnlyList<ConfigMapping> layers)
    {
        var sound = layers.Select(layer => layer.Members.Where(member => IsBroken(member.Key)).Aggregate(layer, (left, member) => left.Without(member.Key))).ToList();
        var rest = Merge([_defaults, .. sound]);

        // Only what somebody wrote: a required key may stand in the part that is broken.
        return Locate(rest.ToJson().Deserialize(ConfigJson.Default.ExperimentConfig)?.Validate() ?? [], rest)
            .Where(error => sound.Any(layer => layer.Find(error.Path) is not null));
    }

    bool IsBroken(string key) => _problems.Any(problem => problem.Severity is ConfigSeverity.Error
        && (problem.Path == key || problem.Path.StartsWith(key + ".", StringComparison.Ordinal) || problem.Path.StartsWith(key + "[", StringComparison.Ordinal)));

    /// <summary>The engine alone; mistakes are left for <see cref="Load"/> to tell.</summary>
    public Backend BackendOf()
    {
        var documents = ReadDocuments();
        var below = Merge([_defaults, ReadPreset(documents, out _), .. documents]);
        return Settling.BackendOf(below.MergedWith(ReadOverrides(below)));
    }

    List<ConfigMapping> ReadDocuments()
    {
        IReadOnlyList<ConfigMapping> raw = request switch
        {
            { Document: { } document } =>
                [(ConfigMapping)ConfigNode.From(document, new(Layer.File, request.DocumentSource))],
            { File: { } file } => _files.ReadChain(file, Layer.File, "file"),
            _ => [],
        };

        // A preset of the command line stands in the place of the file's own, in what is recorded too.
        return [.. raw.Select(document => Normaliser.Experiment(request.Preset is null ? document : document.Without("preset"), _problems))];
    }

    ConfigMapping ReadPreset(List<ConfigMapping> documents, out string? name)
    {
        var onCommandLine = OverrideReader.Read((request.Overrides ?? []).Where(value => value.Path is "preset"), null, []);
        var named = Merge([.. documents, onCommandLine])["preset"];
        name = request.Preset ?? (named as ConfigScalar)?.Text ?? (documents.Count == 0 ? PresetLibrary.First : null);
        var nothing = new ConfigMapping(new(Layer.Preset, "preset"), []);
        if (name is null)
            return nothing;
        if (!PresetLibrary.Names.Contains(name))
        {
            var near = KeySuggestions.Nearest(name, PresetLibrary.Names) is { } nearest ? $"; did you mean `{nearest}`?" : "";
            _problems.Add(new("preset", $"there is no preset {name}{near} (lem presets lists them)", Location: request.Preset is null ? named?.Origin.Location : null));
            return nothing;
        }
        var preset = Normaliser.Experiment(PresetLibrary.Read(name), _problems);
        var origin = new Origin(Layer.Preset, $"preset:{name}");
        preset = preset.With("preset", new ConfigScalar(origin, name));

        // Only files must name themselves.
        return documents.Count == 0 ? preset.With("config_name", new ConfigScalar(origin, name)) : preset;
    }

    ConfigMapping ReadOverrides(ConfigMapping below)
    {
        // The backend decides which of two equal names is meant, and may itself come from the command line.
        var given = request.Overrides ?? [];
        var ofBackend = OverrideReader.Read(given.Where(value => value.Path is "backend" or "model_name"), null, []);
        return Normaliser.Experiment(OverrideReader.Read(given, Settling.BackendOf(below.MergedWith(ofBackend)), _problems), _problems);
    }

    ConfigMapping Settle(ConfigMapping merged, List<ConfigMapping> documents, ConfigMapping overrides, Backend backend)
    {
        merged = SamplingPresets.Apply(merged);
        merged = Settling.RestoreSections(merged, _defaults);
        merged = Settling.ChoosePrompts(merged, _defaults, _problems);
        merged = Settling.DropOtherBackends(
            merged, backend, section => overrides.Has(section) || (documents.Count > 0 && documents[^1].Has(section)), request.AllowOtherBackends, _problems);
        return Settling.FillIn(merged, backend);
    }

    void Examine(ExperimentConfig config, ConfigMapping merged)
    {
        var isGiven = (string path) => merged.Find(path) is { Origin.Layer: not Layer.Default } node && node.Origin.Layer is not Layer.Preset;
        var context = new CheckContext(config, isGiven, request.Machine ?? new());
        _problems.AddRange(Locate(ConfigChecks.Run(context), merged));
        if (!request.Force)
            ThrowOnErrors(_problems);
    }

    LoadedConfig Describe(ExperimentConfig config, ConfigMapping merged, string? presetName, ConfigMapping overrides)
    {
        var effective = (JsonObject)JsonSerializer.SerializeToNode(config, ConfigJson.Default.ExperimentConfig)!; // a record is an object
        List<string> chain = presetName is null ? [] : [presetName];
        if (config.Decoder.Preset is { } sampling)
            chain.Add($"decoder.{sampling.ToString().ToLowerInvariant()}");
        return new(config, effective, Provenance.Of(effective, merged), chain, overrides.ToJson(), _problems, ConfigHash.Of(effective));
    }

    static ConfigMapping Merge(IEnumerable<ConfigMapping> layers) =>
        layers.Aggregate(new ConfigMapping(Origin.Default, []), (below, above) => below.MergedWith(above));

    static IEnumerable<ConfigError> Locate(IEnumerable<ConfigError> errors, ConfigMapping merged) =>
        errors.Select(error => error.Location is null ? error with { Location = Place(merged, error.Path) } : error);

    // The key itself, or, for one that nobody wrote, the section around it.
    static ConfigLocation? Place(ConfigMapping merged, string path)
    {
        for (var end = path.Length; end > 0; end = path.LastIndexOf('.', end - 1))
        {
            if (merged.Find(path[..end])?.Origin.Location is { } place)
                return place;
        }
        return null;
    }

    static void ThrowOnErrors(IReadOnlyList<ConfigError> problems)
    {
        if (problems.Any(problem => problem.Severity is ConfigSeverity.Error))
            throw new ConfigException([.. problems.Where(problem => problem.Severity is ConfigSeverity.Error)]);
    }
}
