using System.Runtime.Versioning;
using Lem.Core;
using Lem.Measurement.Launching.Containers;
using Lem.Tests.Core.Results.Storage;
using Xunit;

namespace Lem.Tests.Measurement.Launching.Containers;

[SupportedOSPlatform("linux")]
public sealed class ContainerSearchTests : IDisposable
{
    readonly FakeDocker _docker = new();
    readonly ScratchDirectory _folder = new();

    public ContainerSearchTests() => File.WriteAllText(File_, "services: {}");

    string File_ => _folder["compose.yaml"];

    public void Dispose()
    {
        _docker.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_service_that_is_not_up_is_found_with_the_digest_its_image_has_everywhere()
    {
        var place = await FindAsync();

        Assert.Equal((false, "sha256:published", "unix:///fake.sock"), (place.IsUp, place.ImageDigest, place.DaemonAddress));
        Assert.Equal("127.0.0.1", place.ListenAddress("127.0.0.1"));
    }

    [Fact]
    public async Task An_image_made_here_has_its_own_id_only()
    {
        _docker.Set("image", "sha256:own");

        Assert.Equal("sha256:own", (await FindAsync()).ImageDigest);
    }

    [Fact]
    public async Task A_service_that_is_up_counts_with_the_image_its_container_is_of()
    {
        _docker.Set("container", "0123abc\n");

        Assert.True((await FindAsync()).IsUp);
        Assert.Contains(_docker.Calls, call => call.EndsWith(" sha256:of-container", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_the_hosts_network_a_server_listens_at_every_address_of_its_own()
    {
        _docker.Set("config.json", """{"services": {"vllm": {"image": "vllm:1", "ports": [{"host_ip": "127.0.0.1", "target": 8100, "published": "8100", "protocol": "tcp"}]}}}""");

        Assert.Equal("0.0.0.0", (await FindAsync()).ListenAddress("127.0.0.1"));
    }

    [Theory]
    [InlineData("Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?", "does not answer", "systemctl start docker")]
    [InlineData("permission denied while trying to connect to the Docker daemon socket", "may not speak", "usermod -aG docker")]
    [InlineData("something nobody knows", "something nobody knows", "by hand")]
    public async Task What_docker_lacks_is_told_with_its_fix(string said, string cause, string fix)
    {
        _docker.Set("failure", said);

        var error = await Assert.ThrowsAsync<LemException>(FindAsync);

        Assert.Contains(cause, error.Message, StringComparison.Ordinal);
        Assert.Contains(fix, error.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_docker_without_its_compose_plugin_is_told_with_its_fix()
    {
        _docker.Set("no-compose", "");

        var error = await Assert.ThrowsAsync<LemException>(FindAsync);

        Assert.Contains("the Compose plugin of docker is missing", error.Message, StringComparison.Ordinal);
        Assert.Contains("docker-compose-plugin", error.Hint, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"services": {"other": {"image": "other:1"}}}""", "has no service vllm; it has other", "docker.service")]
    [InlineData("""{"services": {"vllm": {"image": "vllm:1"}}}""", "could not be reached", "network_mode: host")]
    [InlineData("""{"services": {"vllm": {"build": {}, "network_mode": "host"}}}""", "names no image", "build vllm")]
    [InlineData(
        """{"services": {"vllm": {"image": "vllm:1", "network_mode": "host", "volumes": [{"type": "volume", "source": "hub", "target": "/hub"}]}}, "volumes": {"hub": {"name": "x_hub"}}}""",
        "in the volume hub, which every experiment would get anew", "external: true")]
    public async Task A_service_that_cannot_be_used_is_told_with_its_fix(string config, string problem, string fix)
    {
        _docker.Set("config.json", config);

        var error = await Assert.ThrowsAsync<LemException>(FindAsync);

        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
        Assert.Contains(fix, error.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_image_is_fetched()
    {
        _docker.Unset("image");

        var error = await Assert.ThrowsAsync<LemException>(FindAsync);

        Assert.Contains("lem fetches none by itself", error.Message, StringComparison.Ordinal);
        Assert.Equal($"docker compose -f {File_} pull vllm", error.Hint);
    }

    Task<ContainerPlace> FindAsync() => new ContainerSearch(_docker.Program).FindAsync(File_, "vllm", TestContext.Current.CancellationToken);
}
