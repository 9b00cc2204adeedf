using System.Text.Json.Nodes;
using Lem.Core.Configuration;
using Lem.Core.Configuration.Campaigns;

namespace Lem.Campaigns.Planning;

/// <summary>The cells of a campaign: what will run, what cannot, and what was left out, each with its reason.</summary>
public sealed record GridPlan(
    IReadOnlyList<PlannedCell> Cells,
    IReadOnlyList<RejectedCell> Invalid,
    IReadOnlyList<RejectedCell> Excluded,
    IReadOnlyList<RejectedCell> Duplicates)
{
    /// <summary>More candidates than this are a slip, not a plan.</summary>
    public const int MostCandidates = 20_000;

    static readonly int[] _largeSizes = [2_000, 500, 100];

    /// <summary>A word on the size, from 100 cells on; null for less.</summary>
    public string? SizeWarning =>
        _largeSizes.FirstOrDefault(size => Cells.Count >= size) is var reached and > 0 ? $"{Cells.Count} cells: more than {reached}" : null;

    /// <summary>The grid's cells first, then the explicit files, each validated by the ordinary rules.</summary>
    /// <exception cref="ConfigException">The campaign itself cannot be planned.</exception>
    public static GridPlan Of(LoadedCampaign campaign, ConfigLoader loader, MachineFacts? machine = null, bool deduplicate = true) =>
        Of(new CellPlanning(campaign, loader, machine), deduplicate);

    /// <summary>A grid without a campaign file: <c>lem config generate-grid BASE --vary k=a,b</c>. Its cells stand alone.</summary>
    /// <param name="vary">Full path of each axis → its values (<see cref="ConfigLoader.ParseAxes"/>).</param>
    public static GridPlan Of(string name, string baseFile, JsonObject vary, string workingDirectory, ConfigLoader loader)
    {
        var campaign = new LoadedCampaign(new CampaignConfig(name, Base: baseFile, Vary: vary), "", workingDirectory, []);
        return Of(new CellPlanning(campaign, loader, machine: null, standAlone: true), deduplicate: false);
    }

    static GridPlan Of(CellPlanning planning, bool deduplicate)
    {
        var outcomes = planning.Run().ToList();
        var valid = outcomes.OfType<PlannedCell>().ToList();
        var kept = deduplicate ? [.. valid.DistinctBy(cell => cell.Loaded.ConfigHash)] : valid;
        var duplicates = valid.Except(kept).Select(cell => DuplicateOf(cell, kept));
        return new(
            kept,
            [.. outcomes.OfType<RejectedCell>().Where(cell => cell.Errors.Count > 0)],
            [.. outcomes.OfType<RejectedCell>().Where(cell => cell.Errors.Count == 0)],
            [.. duplicates]);
    }

    static RejectedCell DuplicateOf(PlannedCell cell, IEnumerable<PlannedCell> kept) =>
        new(cell.Name, cell.Axes, $"is equal to {kept.First(other => other.Loaded.ConfigHash == cell.Loaded.ConfigHash).Name}", []);
}
