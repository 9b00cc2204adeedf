namespace Lem.Tests.Shared.Serving;

/// <summary>A request as it came over the wire, as far as the mock server cares.</summary>
/// <param name="Path">Without its query.</param>
/// <param name="Authorization">Null = none.</param>
/// <param name="Id">Header X-Request-Id; null = none.</param>
/// <param name="KeepAlive">The connection stays open behind the answer.</param>
/// <param name="Body">Valid until the next request is read.</param>
sealed record HttpRequest(string Method, string Path, string? Authorization, string? Id, bool KeepAlive, ReadOnlyMemory<byte> Body);
