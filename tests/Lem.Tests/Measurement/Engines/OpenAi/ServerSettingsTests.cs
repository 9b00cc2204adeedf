using System.Text.Json.Nodes;
using Lem.Core.Configuration;
using Lem.Measurement.Engines.OpenAi;
using Xunit;

namespace Lem.Tests.Measurement.Engines.OpenAi;

public class ServerSettingsTests
{
    [Fact]
    public void Every_variable_that_a_header_needs_and_that_is_not_set_is_named()
    {
        var config = new ExperimentConfig(
            ModelName: "m", Backend: Backend.Openai, Server: new(Url: "http://127.0.0.1:8000", ApiKeyEnv: "A_KEY"),
            Openai: new() { ["headers_env"] = new JsonObject { ["X-Tenant"] = "A_TENANT", ["X-Team"] = "A_TEAM" } });

        var unset = ServerSettings.Unset(config, name => name is "A_TENANT" ? "blue" : null);

        Assert.Equal(["server.api_key_env", "openai.headers_env.X-Team"], unset.Select(error => error.Path));
    }
}
