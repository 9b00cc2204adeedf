using System.Text.Json;
using System.Text.Json.Nodes;

namespace Lem.Core.Configuration.Secrets;

/// <summary>Takes the values of known secrets out of any text, before it reaches a file or the screen.</summary>
/// <remarks>Secrets are known by the names of the variables that hold them: HF_TOKEN, HUGGING_FACE_HUB_TOKEN, *_API_KEY, *_TOKEN, and
/// those a configuration names (<c>server.api_key_env</c>, <c>openai.headers_env</c>).</remarks>
public sealed class SecretRedactor
{
    /// <summary>What stands in a secret's place.</summary>
    public const string Mask = "[redacted]";

    // A shorter value would mask ordinary words; and no real key is that short.
    const int ShortestSecret = 6;

    readonly IReadOnlyList<string> _secrets;

    /// <summary>Knows the secrets among these variables: by their own names, and by <paramref name="furtherNames"/>.</summary>
    public SecretRedactor(IReadOnlyDictionary<string, string> variables, IEnumerable<string>? furtherNames = null)
    {
        var named = new HashSet<string>(furtherNames ?? []);
        _secrets =
        [
            .. variables
                .Where(variable => IsSecret(variable.Key) || named.Contains(variable.Key))
                .SelectMany(variable => FormsOf(variable.Value.Trim()))
                .Where(secret => secret.Length >= ShortestSecret)
                .Distinct()
                .OrderByDescending(secret => secret.Length), // one secret may begin with another
        ];
    }

    /// <summary>The variables whose values a configuration uses as secrets.</summary>
    public static IEnumerable<string> NamesIn(ExperimentConfig config)
    {
        if (config.Server.ApiKeyEnv is { } key)
            yield return key;
        foreach (var (_, variable) in config.Section(Backend.Openai).Value("headers_env") as JsonObject ?? [])
        {
            if (variable is not null)
                yield return variable.ToString();
        }
    }

    public static bool IsSecret(string variable) =>
        variable is "HF_TOKEN" or "HUGGING_FACE_HUB_TOKEN"
        || variable.EndsWith("_API_KEY", StringComparison.OrdinalIgnoreCase)
        || variable.EndsWith("_TOKEN", StringComparison.OrdinalIgnoreCase)
        || variable.EndsWith("_SECRET", StringComparison.OrdinalIgnoreCase)
        || variable.EndsWith("_PASSWORD", StringComparison.OrdinalIgnoreCase);

    /// <summary>The same for the strings of a JSON document; keys, numbers and structure stay, so that what was JSON still is.</summary>
    public JsonNode? Redact(JsonNode? node) => node switch
    {
        JsonObject map => new JsonObject(map.Select(member => KeyValuePair.Create(member.Key, Redact(member.Value)))),
        JsonArray list => new JsonArray([.. list.Select(Redact)]),
        JsonValue value when value.TryGetValue<string>(out var text) => JsonValue.Create(Redact(text)),
        _ => node?.DeepClone(),
    };

    public string Redact(string text)
    {
        foreach (var secret in _secrets)
            text = text.Replace(secret, Mask, StringComparison.Ordinal);
        return text;
    }

    // As it is, and as it looks inside an address or a JSON text.
    static IEnumerable<string> FormsOf(string secret) =>
        [secret, Uri.EscapeDataString(secret), JsonEncodedText.Encode(secret).ToString()];
}
