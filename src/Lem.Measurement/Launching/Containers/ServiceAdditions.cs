using System.Text.Json.Nodes;

namespace Lem.Measurement.Launching.Containers;

/// <summary>A second compose file with what lem adds to a service that it brings up: the model, and the hub's token as a file that only its user can read.</summary>
static class ServiceAdditions
{
    const string TokenPath = "/run/lem/hf_token";

    /// <summary>Null where there is nothing to add.</summary>
    /// <param name="tokenFile">Where the token lies on this machine.</param>
    public static string? Render(string service, IReadOnlyList<string> paths, string? tokenFile)
    {
        if (paths.Count == 0 && tokenFile is null)
            return null;
        var added = new JsonObject
        {
            ["volumes"] = new JsonArray(
            [
                .. paths.Select(path => Mount(path, path)),
                .. tokenFile is null ? (JsonNode[])[] : [Mount(tokenFile, TokenPath)],
            ]),
        };
        if (tokenFile is not null)
            added["environment"] = new JsonObject { ["HF_TOKEN_PATH"] = TokenPath };
        return new JsonObject { ["services"] = new JsonObject { [service] = added } }.ToJsonString();
    }

    static JsonObject Mount(string source, string target) => new()
    {
        ["type"] = "bind",
        ["source"] = Literal(source),
        ["target"] = Literal(target),
        ["read_only"] = true,
    };

    // In a compose file $ begins a variable.
    static string Literal(string text) => text.Replace("$", "$$", StringComparison.Ordinal);
}
