using Lem.Measurement.Hub;

namespace Lem.Cli.Experiments;

/// <summary>The model a configuration means, known well enough to plan with; it need not lie here yet.</summary>
/// <param name="Revision">What tells it from another of the same name: length and time of a file, the commit of a hub's. Null for synthetic models, whose name says it all.</param>
/// <param name="File">Where it is a file of this machine.</param>
/// <param name="OfHub">Where it comes from the hub.</param>
sealed record FoundModel(string? Revision, string? File = null, HubModel? OfHub = null);
