using System.Net;
using Lem.Core.Configuration;
using Lem.Measurement.Engines.OpenAi.Hosting;
using Xunit;

namespace Lem.Tests.Measurement.Engines.OpenAi.Hosting;

public sealed class ServerAddressTests
{
    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("127.8.0.1", true)]
    [InlineData("::1", true)]
    [InlineData("0.0.0.0", true)]
    [InlineData("198.51.100.7", true)]
    [InlineData("::ffff:198.51.100.7", true)]
    [InlineData("fe80::7%9", true)]
    [InlineData("198.51.100.8", false)]
    public void A_server_is_here_at_loopback_and_at_the_machines_own_addresses(string address, bool here) =>
        Assert.Equal(here, ServerAddress.IsHere([IPAddress.Parse(address)], [IPAddress.Parse("198.51.100.7"), IPAddress.Parse("fe80::7%2")]));

    [Fact]
    public void A_name_of_which_nothing_is_known_is_not_here() => Assert.False(ServerAddress.IsHere([], [IPAddress.Loopback]));

    [Theory]
    [InlineData("http://127.0.0.1:8000", false, false)]
    [InlineData("http://[::1]:8000", false, false)]
    [InlineData("http://192.0.2.1:8000", false, true)]
    [InlineData("http://192.0.2.1:8000", true, false)]
    [InlineData(null, false, false)]
    public void Chosen_GPUs_say_that_a_server_works_on_these(string? url, bool choosesGpus, bool elsewhere) => Assert.Equal(
        elsewhere,
        ServerAddress.IsElsewhere(new ExperimentConfig(ModelName: "m", Backend: Backend.Openai, Gpus: choosesGpus ? [0] : null, Server: new(Url: url))));

    [Fact]
    public void No_secret_of_an_address_is_told() =>
        Assert.Contains("at node7:8000 is on another machine", ServerAddress.Elsewhere(new Uri("http://me:secret@node7:8000/v1")).Message, StringComparison.Ordinal);
}
