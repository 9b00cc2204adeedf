using System.Text.Json.Nodes;
using Lem.Campaigns.Planning;
using Lem.Core.Configuration;

namespace Lem.Cli.Configuration;

/// <summary>What there is to say of one configuration file, an experiment or a campaign.</summary>
/// <param name="Kind">experiment, campaign, or unknown where the file cannot even be read.</param>
/// <param name="Summary">The file in a few words: its model and engine, or its number of cells; null with errors.</param>
sealed record FileVerdict(
    string File, string Kind, string? Name, string? Model, string? Backend, int? Cells, string? Summary, IReadOnlyList<ConfigError> Problems)
{
    public bool IsValid => Problems.All(problem => problem.Severity is not ConfigSeverity.Error);

    public static FileVerdict Of(string file, ConfigLoader loader)
    {
        var kind = "unknown";
        try
        {
            kind = loader.IsCampaign(file) ? "campaign" : "experiment";
            return kind is "campaign" ? OfCampaign(file, loader) : OfExperiment(file, loader);
        }
        catch (ConfigException exception)
        {
            return new(file, kind, null, null, null, null, null, exception.Errors);
        }
    }

    public IEnumerable<string> Lines() =>
        [.. Problems.Select(problem => ProblemLines.Text(problem, File)), .. IsValid ? [$"{File}: ok: {Summary}"] : Array.Empty<string>()];

    public JsonObject Json() => new()
    {
        ["file"] = File,
        ["kind"] = Kind,
        ["valid"] = IsValid,
        ["name"] = Name,
        ["model"] = Model,
        ["backend"] = Backend,
        ["cells"] = Cells,
        ["problems"] = ProblemLines.Json(Problems),
    };

    static FileVerdict OfExperiment(string file, ConfigLoader loader)
    {
        var loaded = loader.Load(new(file));
        var backend = loaded.Config.ResolvedBackend.ToString().ToLowerInvariant();
        var summary = $"experiment {loaded.Config.ConfigName}: {loaded.Config.ModelName} on {backend}";
        return new(file, "experiment", loaded.Config.ConfigName, loaded.Config.ModelName, backend, null, summary, loaded.Problems);
    }

    static FileVerdict OfCampaign(string file, ConfigLoader loader)
    {
        var campaign = loader.LoadCampaign(file);
        var plan = GridPlan.Of(campaign, loader);
        List<ConfigError> problems = [.. campaign.Problems, .. plan.Invalid.SelectMany(cell => Told(cell, isFatal: cell.Axes.Count == 0))];
        if (plan.Cells.Count == 0)
            problems.Add(new("", "plans no cell that can run"));
        if (plan.SizeWarning is { } warning)
            problems.Add(new("", warning, ConfigSeverity.Warning));
        return new(
            file, "campaign", campaign.Config.CampaignName, OneOrMany(plan, cell => cell.ModelName),
            OneOrMany(plan, cell => cell.ResolvedBackend.ToString().ToLowerInvariant()), plan.Cells.Count, Describe(campaign.Config.CampaignName, plan), problems);
    }

    static string Describe(string name, GridPlan plan)
    {
        (int Count, string Word)[] others = [(plan.Excluded.Count, "excluded"), (plan.Invalid.Count, "invalid"), (plan.Duplicates.Count, "equal to another")];
        var left = string.Join(", ", others.Where(other => other.Count > 0).Select(other => $"{other.Count} {other.Word}"));
        return $"campaign {name}: {plan.Cells.Count} cell{(plan.Cells.Count == 1 ? "" : "s")}{(left is "" ? "" : $" ({left})")}";
    }

    // A combination of a grid that cannot run is left out and told; a file that was named must be right.
    static IEnumerable<ConfigError> Told(RejectedCell cell, bool isFatal) =>
        cell.Errors.Select(error => error with
        {
            Message = $"{error.Message} (cell {cell.Name}{(isFatal ? "" : ", will not run")})",
            Severity = isFatal ? ConfigSeverity.Error : ConfigSeverity.Warning,
        });

    static string? OneOrMany(GridPlan plan, Func<ExperimentConfig, string> value) =>
        plan.Cells.Select(cell => value(cell.Loaded.Config)).Distinct().ToList() switch
        {
            [] => null,
            [var one] => one,
            var several => $"{several.Count} different",
        };
}
