namespace Lem.Tests.Shared.Hub;

/// <summary>A request as the server saw it.</summary>
/// <param name="Target">Path and query.</param>
sealed record HubRequest(string Method, string Target, string? Authorization, string? Range);
