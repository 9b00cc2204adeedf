namespace Lem.Core.Results;

/// <summary>The place of an experiment in a campaign.</summary>
/// <param name="Cycle">Which repetition of the campaign, counted from zero.</param>
public sealed record CampaignCell(string Id, string Name, string Cell, int Cycle);
