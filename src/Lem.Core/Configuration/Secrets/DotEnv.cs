namespace Lem.Core.Configuration.Secrets;

/// <summary>What a <c>.env</c> file may set, and what it tried to set beyond that.</summary>
/// <remarks>A cloned folder is not trusted: only names that cannot make lem run or load anything are taken.</remarks>
public sealed record DotEnv(IReadOnlyDictionary<string, string> Variables, IReadOnlyList<string> Ignored)
{
    const int MostCharacters = 64 * 1024;

    static readonly HashSet<string> _allowed =
        ["HF_TOKEN", "HUGGING_FACE_HUB_TOKEN", "OPENAI_API_KEY", "HF_HOME", "CUDA_VISIBLE_DEVICES", "LEM_RESULTS_DIR"];

    /// <summary>Parses the text of a file: <c>NAME=value</c> lines, <c>#</c> comments, <c>export</c>, single or double quotes. Nothing is expanded.</summary>
    /// <exception cref="ConfigException">The text is no .env file: too large, or with control characters.</exception>
    public static DotEnv Parse(string text)
    {
        if (text.Length > MostCharacters)
            throw Wrong($"is larger than {MostCharacters / 1024} KiB", line: 1);
        var variables = new Dictionary<string, string>();
        var ignored = new List<string>();
        var number = 0;
        foreach (var raw in text.Split('\n'))
        {
            number++;
            var line = raw.Trim();
            if (line is "" || line[0] is '#')
                continue;
            if (line.Any(char.IsControl))
                throw Wrong("has control characters", number);
            if (line.StartsWith("export ", StringComparison.Ordinal))
                line = line["export ".Length..].TrimStart();
            var equals = line.IndexOf('=', StringComparison.Ordinal);
            var name = equals < 0 ? line : line[..equals].TrimEnd();
            if (equals > 0 && _allowed.Contains(name))
                variables[name] = Unquote(line[(equals + 1)..].Trim());
            else
                ignored.Add(name.Length <= 64 ? name : name[..64]);
        }
        return new(variables, ignored);
    }

    /// <summary>Reads a file of bounded size; a larger one is left to <see cref="Parse"/> to refuse.</summary>
    public static string ReadText(string path)
    {
        using var reader = new StreamReader(path);
        var buffer = new char[MostCharacters + 1];
        return new string(buffer, 0, reader.ReadBlock(buffer));
    }

    /// <summary>The environment with this file below it: what is really set wins.</summary>
    public IReadOnlyDictionary<string, string> Below(IReadOnlyDictionary<string, string> environment)
    {
        var merged = new Dictionary<string, string>(Variables);
        foreach (var (name, value) in environment)
            merged[name] = value;
        return merged;
    }

    static string Unquote(string value)
    {
        if (value is ['"' or '\'', ..] && value.IndexOf(value[0], 1) is > 0 and var end)
            return value[1..end];
        var comment = value.IndexOf(" #", StringComparison.Ordinal);
        return comment < 0 ? value : value[..comment].TrimEnd();
    }

    static ConfigException Wrong(string message, int line) => new([new("", message, Location: new(".env", line, 1))]);
}
