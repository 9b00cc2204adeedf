using Lem.Core;
using Lem.Core.Configuration;

namespace Lem.Measurement.Hub;

/// <summary>Where the Hugging Face hub is, where its files are kept here, and on whose behalf they are asked for.</summary>
/// <remarks>The variables are those of huggingface_hub (its constants.py), so that lem and the Python tools share one cache and one token.</remarks>
/// <param name="Endpoint">The hub itself.</param>
/// <param name="Viewer">The service that serves the rows of data sets; null where the endpoint is an address without names of its own.</param>
/// <param name="Home"><c>HF_HOME</c>.</param>
/// <param name="Cache"><c>HF_HUB_CACHE</c>: the folder of <c>models--org--name</c>.</param>
/// <param name="Token">What the hub knows the user by; null = anonymous.</param>
/// <param name="IsOffline">Nothing is asked of the network.</param>
/// <param name="Symlinks">Snapshots may link to blobs; false = they hold the files themselves.</param>
/// <param name="UserAgent">How requests introduce themselves: <c>lem/0.1.0</c>.</param>
public sealed record HubSettings(
    Uri Endpoint, Uri? Viewer, string Home, string Cache, HubToken? Token, bool IsOffline, bool Symlinks, string UserAgent)
{
    /// <summary>Names another address of the data set viewer: huggingface_hub has no variable for it.</summary>
    public const string ViewerVariable = "LEM_DATASETS_SERVER";

    static readonly Uri _publicHub = new("https://huggingface.co");

    /// <param name="variable">The environment.</param>
    /// <param name="homeDirectory">The user's.</param>
    /// <exception cref="ConfigException">A variable holds no address.</exception>
    /// <exception cref="LemException">The token is none.</exception>
    public static HubSettings From(Func<string, string?> variable, string homeDirectory, string userAgent)
    {
        var endpoint = AddressIn(variable, "HF_ENDPOINT") ?? _publicHub;
        var cacheHome = Folder(variable("XDG_CACHE_HOME")) ?? Path.Combine(homeDirectory, ".cache");
        var home = Folder(variable("HF_HOME")) ?? Path.Combine(cacheHome, "huggingface");
        return new(
            endpoint,
            AddressIn(variable, ViewerVariable) ?? ViewerOf(endpoint),
            home,
            Folder(variable("HF_HUB_CACHE")) ?? Folder(variable("HUGGINGFACE_HUB_CACHE")) ?? Path.Combine(home, "hub"),
            IsOn(variable("HF_HUB_DISABLE_IMPLICIT_TOKEN")) ? null : HubToken.Find(variable, Folder(variable("HF_TOKEN_PATH")) ?? Path.Combine(home, "token")),
            IsOn(NotEmpty(variable("HF_HUB_OFFLINE")) ?? variable("TRANSFORMERS_OFFLINE")),
            !IsOn(variable("HF_HUB_DISABLE_SYMLINKS")),
            userAgent);

        string? Folder(string? path) => path switch
        {
            null or "" => null,
            ['~'] => homeDirectory,
            ['~', '/', .. var rest] => Path.Combine(homeDirectory, rest),
            _ => Path.GetFullPath(path),
        };
    }

    /// <summary>Whether a token may be shown to this address: the hub's own or its viewer's, and never in clear text over a network.</summary>
    public bool MayBeTrustedWithToken(Uri address) =>
        (address.Scheme == Uri.UriSchemeHttps || address.IsLoopback) && (IsSameHost(address, Endpoint) || Viewer is not null && IsSameHost(address, Viewer));

    static bool IsSameHost(Uri one, Uri other) => one.Scheme == other.Scheme && one.Authority == other.Authority;

    // datasets-server.huggingface.co beside huggingface.co, and the same for other installations.
    static Uri? ViewerOf(Uri endpoint) =>
        endpoint.HostNameType == UriHostNameType.Dns && !endpoint.IsLoopback
            ? new UriBuilder(endpoint) { Host = $"datasets-server.{endpoint.Host}" }.Uri
            : null;

    static Uri? AddressIn(Func<string, string?> variable, string name)
    {
        if (NotEmpty(variable(name)) is not { } text)
            return null;
        return Uri.TryCreate(text.TrimEnd('/') + "/", UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? address
            : throw new ConfigException([new(name, $"must be an address such as {_publicHub}, but is {text}")]);
    }

    static string? NotEmpty(string? value) => value is "" ? null : value;

    static bool IsOn(string? value) => value?.ToUpperInvariant() is "1" or "ON" or "YES" or "TRUE";
}
