using Lem.Core.Configuration;
using Lem.Measurement.Engines.OpenAi.Commands;
using Xunit;

namespace Lem.Tests.Measurement.Engines.OpenAi.Commands;

public sealed class ServerCommandTests
{
    [Theory]
    [InlineData("serve m", "serve m --host 127.0.0.1 --port 8123")]
    [InlineData("serve --port {port} --at {host}", "serve --port 8123 --at 127.0.0.1")]
    [InlineData("serve --port 8123", "serve --port 8123")]
    [InlineData("serve -p hello", "serve -p hello --host 127.0.0.1 --port 8123")] // A prompt, to llama-server.
    public void A_server_is_told_where_to_listen_unless_the_command_does(string command, string expected) =>
        Assert.Equal(expected, ServerCommand.Given(command.Split(' '), "127.0.0.1", 8123, "/").Line);

    [Theory]
    [InlineData("1,GPU-b", "1,GPU-b")]
    [InlineData("", "")]
    [InlineData(null, null)]
    public void A_server_of_the_users_own_command_sees_the_chosen_GPUs_and_with_an_empty_list_none(string? gpus, string? visible)
    {
        IReadOnlyList<GpuId>? chosen = gpus is null ? null : [.. gpus.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(name => new GpuId(null, name))];
        var config = new ExperimentConfig(ModelName: "org/model", Backend: Backend.Openai, Gpus: chosen, Server: new(Command: ["serve", "m"]));

        var command = ServerCommand.Of(config, 8123, "/");

        Assert.Equal(visible, command.Environment.GetValueOrDefault("CUDA_VISIBLE_DEVICES"));
        Assert.Equal(visible is null ? null : "PCI_BUS_ID", command.Environment.GetValueOrDefault("CUDA_DEVICE_ORDER"));
    }

    [Theory]
    [InlineData("serve --port 8000", 8000)]
    [InlineData("serve --port=8000", 8000)]
    [InlineData("serve -p 8000", 8000)]
    [InlineData("serve --port {port}", null)]
    [InlineData("serve --port", null)]
    public void A_port_that_a_command_names_is_seen(string command, int? port) => Assert.Equal(port, ServerConfig.PortIn(command.Split(' ')));

    [Theory]
    [InlineData("serve --port 8000", 8000, null)]
    [InlineData("serve --port 8000", 0, "names port 8000 itself, but server.port is 0: write {port} there, which lem fills in, or set server.port to 8000")]
    [InlineData("serve --port {port}", 0, null)]
    public void A_port_that_lem_would_not_look_at_is_refused(string command, int port, string? message) =>
        Assert.Equal(message, new ServerConfig(Command: command.Split(' '), Port: port).Validate().SingleOrDefault()?.Message);
}
