using System.Text.Json.Nodes;

namespace Lem.Core.Configuration;

/// <summary>What is to be loaded.</summary>
/// <param name="File">The experiment's file; null with a preset or a document, or with nothing at all (quick-test).</param>
/// <param name="Preset">A preset's name; wins over the file's own <c>preset</c>.</param>
/// <param name="Force">Errors of the checks do not block. Mistakes of form always do.</param>
/// <param name="Document">A configuration made by a program (a campaign's cell), in place of a file.</param>
/// <param name="DocumentSource">Where the document comes from, for provenance.</param>
/// <param name="AllowOtherBackends">Sections of other backends are left out with a note (campaign files and bases), not refused.</param>
/// <param name="Machine">Facts of this machine for the checks that need them.</param>
public sealed record ConfigRequest(
    string? File = null,
    string? Preset = null,
    IReadOnlyList<ConfigOverride>? Overrides = null,
    bool Force = false,
    JsonObject? Document = null,
    string DocumentSource = "document",
    bool AllowOtherBackends = false,
    MachineFacts? Machine = null);
