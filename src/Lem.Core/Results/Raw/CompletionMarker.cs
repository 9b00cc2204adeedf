namespace Lem.Core.Results.Raw;

/// <summary>.completed_&lt;N&gt;: written last, when a process's files are whole and on disk.</summary>
/// <param name="ResultPath">Name of the process file beside the marker.</param>
/// <param name="Sha256">Hash of that file, lower-case hex.</param>
public sealed record CompletionMarker(int ProcessIndex, string ResultPath, string Sha256, DateTimeOffset Timestamp);
