using Xunit;

namespace Lem.IntegrationTests.Serving;

/// <summary>Tests that look whether any llama-server is left on this machine: one after another.</summary>
[CollectionDefinition(Collection)]
public sealed class LlamaServers
{
    public const string Collection = "llama-server";
}
