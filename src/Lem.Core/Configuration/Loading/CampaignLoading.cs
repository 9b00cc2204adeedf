using System.Text.Json;
using Lem.Core.Configuration.Campaigns;
using Lem.Core.Configuration.Documents;
using Lem.Core.Configuration.Legacy;
using Lem.Core.Configuration.Schema;

namespace Lem.Core.Configuration.Loading;

/// <summary>One loading of one campaign file, the keys of its base, axes and exclusions included.</summary>
sealed class CampaignLoading(ConfigEnvironment environment)
{
    readonly List<ConfigError> _problems = [];

    public LoadedCampaign Load(string file)
    {
        var chain = new ConfigFiles(environment.WorkingDirectory).ReadChain(file, Layer.File, "file");
        var document = chain.Aggregate((below, above) => below.MergedWith(above));
        document = LegacyKeys.Rewrite(document, CampaignLegacy.Keys, _problems);
        document = NormaliseBase(document);
        document = document["schedule"] is ConfigMapping schedule && schedule["days"] is ConfigScalar { Text: not null } day
            ? document.Set("schedule.days", new ConfigSequence(day.Origin, [day]))
            : document;
        document = NormaliseAxes(document);
        CheckExclusions(document);
        // A base that is a mapping has been checked as what it is, an experiment.
        _problems.AddRange(ShapeChecker.Check(document["base_config"] is ConfigMapping ? document.Without("base_config") : document, ConfigShapes.Campaign));
        ThrowOnErrors();

        var config = document.ToJson().Deserialize(ConfigJson.Default.CampaignConfig)
            ?? throw new InvalidOperationException("a mapping has been bound to nothing");
        _problems.AddRange(config.Validate().Select(error => error with { Location = document.Find(error.Path)?.Origin.Location ?? document.Origin.Location }));
        ThrowOnErrors();
        var path = Path.GetFullPath(file, environment.WorkingDirectory);
        return new(config, path, Path.GetDirectoryName(path) ?? environment.WorkingDirectory, _problems);
    }

    ConfigMapping NormaliseBase(ConfigMapping document)
    {
        if (document["base_config"] is not ConfigMapping common)
            return document;
        var inside = new List<ConfigError>();
        var current = Normaliser.Experiment(common, inside);
        _problems.AddRange(inside.Under("base_config"));
        return document.With("base_config", current);
    }

    // Nested or dotted, axes become one flat mapping: full path → list of values.
    ConfigMapping NormaliseAxes(ConfigMapping document)
    {
        if (document["vary"] is not ConfigMapping vary)
            return document;
        var axes = new ConfigMapping(vary.Origin, GridAxes.Flatten(vary, _problems));
        return document.With("vary", axes);
    }

    void CheckExclusions(ConfigMapping document)
    {
        foreach (var member in (document["exclude"] as ConfigSequence)?.Items.OfType<ConfigMapping>().SelectMany(one => one.Members) ?? [])
        {
            if (ShapeWalk.Find(ConfigShapes.Experiment, Normaliser.FullPath(member.Key, null, out _)) is null)
                _problems.Add(new($"exclude.{member.Key}", GridAxes.Unknown(member.Key), Location: member.KeyOrigin.Location));
        }
    }

    void ThrowOnErrors()
    {
        var errors = _problems.Where(problem => problem.Severity is ConfigSeverity.Error).Distinct().ToList();
        if (errors.Count > 0)
            throw new ConfigException(errors);
    }
}
