using System.Text.Json.Nodes;
using Lem.Campaigns.Planning;
using Lem.Cli.Terminal;
using Lem.Core.Configuration;

namespace Lem.Cli.Configuration;

/// <summary>One run of <c>lem config generate-grid</c>: the product of axes over a base, one file for each combination.</summary>
/// <param name="OnlyValid">Cells that would not run are not written.</param>
/// <param name="Strict">A cell that would not run is an error, and nothing is written.</param>
sealed record GridGeneration(string Base, IReadOnlyList<string> Axes, string Folder, bool OnlyValid, bool Strict)
{
    /// <summary>Paths of the files, relative to the working directory as far as the folder was.</summary>
    /// <exception cref="ConfigException">The base or an axis is wrong, files are in the way, or no cell may be written.</exception>
    public (IReadOnlyList<string> Written, IReadOnlyList<RejectedCell> Invalid) Run(ConfigEnvironment environment, Messages messages)
    {
        var loader = new ConfigLoader(environment);
        var plan = Plan(loader, environment.WorkingDirectory);
        if (plan.SizeWarning is { } warning)
            messages.Warning(warning);
        Refuse(plan);

        var files = new GridFiles(Path.GetFullPath(Base, environment.WorkingDirectory), Path.GetFullPath(Folder, environment.WorkingDirectory));
        IEnumerable<(string Name, IReadOnlyList<KeyValuePair<string, JsonNode?>> Axes)> cells =
        [
            .. plan.Cells.Select(cell => (cell.Name, cell.Axes)),
            .. OnlyValid ? [] : plan.Invalid.Select(cell => (cell.Name, cell.Axes)),
        ];
        var written = cells.Select(cell => (cell.Name, files.TextOf(cell.Name, cell.Axes))).ToList();
        files.Write(written);
        return ([.. written.Select(cell => Path.Combine(Folder, Path.GetFileName(files.PathOf(cell.Name))))], plan.Invalid);
    }

    GridPlan Plan(ConfigLoader loader, string workingDirectory)
    {
        if (loader.IsCampaign(Base))
            throw new ConfigException([new("BASE", $"{Base} is a campaign, which plans its own grid; the base of a grid is an experiment")]);
        var vary = ConfigLoader.ParseAxes(Axes, loader.BackendOf(new(Base)));
        return GridPlan.Of(Path.GetFileNameWithoutExtension(Base), Base, vary, workingDirectory, loader);
    }

    void Refuse(GridPlan plan)
    {
        if (Strict && plan.Invalid.Count > 0)
            throw Nothing("--strict", $"{plan.Invalid.Count} of {plan.Invalid.Count + plan.Cells.Count} cells would not run; nothing was written");
        if (OnlyValid && plan.Cells.Count == 0)
            throw Nothing("--validate", "no cell would run; nothing was written");

        ConfigException Nothing(string flag, string message) =>
            new([.. plan.Invalid.SelectMany(cell => cell.Errors.Select(error => error with { Message = $"{error.Message} (cell {cell.Name})" })), new(flag, message)]);
    }
}
