using System.Text.Json.Nodes;
using Lem.Core.Configuration.Schema;
using Xunit;

namespace Lem.Tests.Cli;

public sealed class ConfigSchemaTests : IDisposable
{
    readonly CommandFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_schemas_are_those_of_the_code()
    {
        var experiment = await _folder.LinesAsync("config", "schema");
        var campaign = await _folder.LinesAsync("config", "schema", "--campaign");

        Assert.True(JsonNode.DeepEquals(JsonSchema.Experiment(), JsonNode.Parse(string.Join('\n', experiment))));
        Assert.True(JsonNode.DeepEquals(JsonSchema.Campaign(), JsonNode.Parse(string.Join('\n', campaign))));
    }
}
