using Lem.IntegrationTests.RealParts;
using Lem.Measurement.Launching.Containers;
using Lem.Tests.Shared;
using Xunit;

namespace Lem.IntegrationTests.Containers;

/// <summary>The compose file that comes with lem, as the real Compose understands it.</summary>
public sealed class ShippedComposeTests
{
    [Fact]
    public async Task Each_engine_has_a_service_that_waits_for_lem_and_has_no_more_rights_than_it_needs()
    {
        var file = Path.Combine(Repository.Root, "docker", "compose.yaml");

        var text = await DockerEngine.Require().AskAsync(TestContext.Current.CancellationToken, [.. new ComposeService(file, "vllm").Config]);
        var config = ServiceDefinition.Parse(text);

        Assert.NotNull(config);
        Assert.Equal(["pytorch", "tensorrt", "vllm"], ServiceDefinition.Services(config).Order(StringComparer.Ordinal));
        foreach (var name in ServiceDefinition.Services(config))
        {
            var service = config["services"]?[name];
            Assert.Equal(["sleep", "infinity"], service?["entrypoint"]?.AsArray().Select(word => word?.ToString()));
            Assert.True(service?["init"]?.GetValue<bool>());
            Assert.All(["privileged", "ipc", "pid", "cap_add", "healthcheck", "ports"], key => Assert.Null(service?[key]));
            Assert.Matches(":[v0-9][0-9.]+[0-9]$", service?["image"]?.ToString());
            var definition = ServiceDefinition.Of(config, name);
            Assert.Equal((true, 0), (definition?.SharesHostNetwork, definition?.ProjectVolumes.Count));
        }
    }
}
