using Lem.Core;
using Lem.Core.Configuration;
using Lem.Measurement.Hub;
using Lem.Tests.Core.Results.Storage;
using Xunit;

namespace Lem.Tests.Measurement.Hub;

public sealed class HubSettingsTests
{
    [Fact]
    public void Without_variables_it_is_the_public_hub_and_the_usual_cache()
    {
        var settings = From([]);

        Assert.Equal((new Uri("https://huggingface.co/"), new Uri("https://datasets-server.huggingface.co/")), (settings.Endpoint, settings.Viewer));
        Assert.Equal(("/home/me/.cache/huggingface", "/home/me/.cache/huggingface/hub"), (settings.Home, settings.Cache));
        Assert.Equal((null, false, true), (settings.Token, settings.IsOffline, settings.Symlinks));
    }

    [Theory]
    [InlineData("HF_HOME", "/data/hf", "/data/hf/hub")]
    [InlineData("HF_HOME", "~/hf", "/home/me/hf/hub")]
    [InlineData("XDG_CACHE_HOME", "/data/cache", "/data/cache/huggingface/hub")]
    [InlineData("HF_HUB_CACHE", "/data/hub", "/data/hub")]
    [InlineData("HUGGINGFACE_HUB_CACHE", "/data/hub", "/data/hub")]
    public void The_cache_is_where_the_other_tools_have_it(string variable, string value, string cache) =>
        Assert.Equal(cache, From(new() { [variable] = value }).Cache);

    [Theory]
    [InlineData("HF_HUB_OFFLINE", "1", true)]
    [InlineData("HF_HUB_OFFLINE", "true", true)]
    [InlineData("TRANSFORMERS_OFFLINE", "YES", true)]
    [InlineData("HF_HUB_OFFLINE", "0", false)]
    [InlineData("HF_HUB_OFFLINE", "", false)]
    public void Offline_is_what_the_other_tools_take_for_it(string variable, string value, bool isOffline) =>
        Assert.Equal(isOffline, From(new() { [variable] = value }).IsOffline);

    [Fact]
    public void A_mirror_has_a_viewer_of_its_own_name_and_an_address_has_none()
    {
        var mirror = From(new() { ["HF_ENDPOINT"] = "https://hub.example:8443/base/" });
        Assert.Equal((new Uri("https://hub.example:8443/base/"), new Uri("https://datasets-server.hub.example:8443/base/")), (mirror.Endpoint, mirror.Viewer));

        Assert.Null(From(new() { ["HF_ENDPOINT"] = "http://10.0.0.1:8080" }).Viewer);
        Assert.Equal(new Uri("http://10.0.0.1:9/"), From(new() { ["HF_ENDPOINT"] = "http://10.0.0.1:8080", [HubSettings.ViewerVariable] = "http://10.0.0.1:9" }).Viewer);
    }

    [Fact]
    public void An_endpoint_that_is_no_address_is_the_users_mistake() =>
        Assert.Contains("HF_ENDPOINT", Assert.Throws<ConfigException>(() => From(new() { ["HF_ENDPOINT"] = "mirror" })).Message, StringComparison.Ordinal);

    [Fact]
    public void The_token_comes_from_the_environment_else_from_where_hf_auth_login_keeps_it()
    {
        using var home = new ScratchDirectory();
        File.WriteAllText(home["token"], " hf_from_file\n");

        Assert.Equal("Bearer hf_from_file", From(new() { ["HF_HOME"] = home.Path }).Token?.Header);
        Assert.Equal("Bearer hf_set", From(new() { ["HF_HOME"] = home.Path, ["HF_TOKEN"] = "hf_set" }).Token?.Header);
        Assert.Equal("Bearer hf_old", From(new() { ["HUGGING_FACE_HUB_TOKEN"] = "hf_old" }).Token?.Header);
        Assert.Equal("Bearer hf_from_file", From(new() { ["HF_TOKEN_PATH"] = home["token"], ["HF_TOKEN"] = " " }).Token?.Header);
        Assert.Null(From(new() { ["HF_TOKEN"] = "hf_set", ["HF_HUB_DISABLE_IMPLICIT_TOKEN"] = "1" }).Token);
    }

    [Fact]
    public void A_token_shows_itself_nowhere()
    {
        var settings = From(new() { ["HF_TOKEN"] = "hf_secret_of_mine" });

        Assert.DoesNotContain("hf_secret_of_mine", $"{settings} {settings.Token}", StringComparison.Ordinal);
        var error = Assert.Throws<LemException>(() => From(new() { ["HF_TOKEN"] = "hf_secret of mine" }));
        Assert.DoesNotContain("hf_secret", error.Message + error.Hint, StringComparison.Ordinal);
    }

    static HubSettings From(Dictionary<string, string> variables) => HubSettings.From(variables.GetValueOrDefault, "/home/me", "lem/test");
}
