using System.Globalization;
using Lem.Core.Configuration;
using Lem.Core.Configuration.Loading;
using Lem.Measurement.Engines.LlamaCpp.Gguf;

namespace Lem.Measurement.Engines.LlamaCpp.Synthetic;

/// <summary>Reads the text of a synthetic model's shape and tells everything that is wrong with it at once.</summary>
sealed class SyntheticShapeParser(string path)
{
    // The smallest vocabulary holds three control tokens, 256 bytes and the space (ByteLevelVocabulary).
    static readonly (string Key, int Lowest, int Highest)[] Numbers =
    [
        ("layers", 1, 512),
        ("hidden", 8, 32_768),
        ("heads", 1, 1024),
        ("kv_heads", 1, 1024),
        ("ffn", 8, 262_144),
        ("vocab", ByteLevelVocabulary.MinimumSize, 1_048_576),
        ("ctx", 16, 16_777_216),
    ];

    static readonly string[] RequiredInFreeForm = ["layers", "hidden", "heads", "ffn"];
    static readonly string[] Keys = [.. Numbers.Select(number => number.Key), "dtype", "tied", "seed"];
    static readonly string[] DataTypes = ["f16", "bf16", "f32"];

    readonly List<ConfigError> _errors = [];
    readonly Dictionary<string, string> _given = new(StringComparer.Ordinal);

    public (SyntheticShape? Shape, IReadOnlyList<ConfigError> Errors) Parse(string model)
    {
        var text = model.StartsWith(SyntheticShape.Scheme, StringComparison.Ordinal) ? model[SyntheticShape.Scheme.Length..] : model;
        var (name, query) = text.IndexOf('?') is >= 0 and var mark ? (text[..mark], text[(mark + 1)..]) : (text, "");

        ReadPairs(query);
        var shape = StartingPoint(name) is { } start ? Override(start) : null;
        if (shape is not null && _errors.Count == 0)
            CheckDimensions(shape);
        return _errors.Count == 0 ? (shape, []) : (null, _errors);
    }

    void ReadPairs(string query)
    {
        foreach (var pair in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var (key, value) = pair.IndexOf('=') is >= 0 and var equals ? (pair[..equals], pair[(equals + 1)..]) : (pair, "");
            if (!Keys.Contains(key))
                Refuse($"'{key}' is no key of a synthetic shape{Suggest(key, Keys)}; the keys are {string.Join(", ", Keys)}");
            else if (!_given.TryAdd(key, value))
                Refuse($"{key} is given twice");
        }
    }

    SyntheticShape? StartingPoint(string name)
    {
        if (SyntheticShapes.Find(name) is { } named)
            return named;
        if (name is not ("llama" or "qwen2"))
        {
            string[] names = [.. SyntheticShapes.All.Select(shape => shape.Name), "llama", "qwen2"];
            Refuse($"'{name}' is no synthetic shape{Suggest(name, names)}; "
                + $"there are {string.Join(", ", names[..^2])}, and free forms llama?… and qwen2?…");
            return null;
        }

        foreach (var key in RequiredInFreeForm.Where(key => !_given.ContainsKey(key)))
            Refuse($"{key} is missing; a free form needs {string.Join(", ", RequiredInFreeForm)}");
        var family = name == "qwen2" ? SyntheticFamily.Qwen2 : SyntheticFamily.Llama;
        return new SyntheticShape(name, family, 0, 0, 0, 0, 0, 32_000, GgufTensorType.F16, Context: 8192);
    }

    SyntheticShape Override(SyntheticShape start)
    {
        var heads = Number("heads") ?? start.Heads;
        return start with
        {
            Layers = Number("layers") ?? start.Layers,
            Hidden = Number("hidden") ?? start.Hidden,
            Heads = heads,
            // A free form that does not say has as many key-value heads as heads: plain multi-head attention.
            KeyValueHeads = Number("kv_heads") ?? (start.KeyValueHeads == 0 ? heads : start.KeyValueHeads),
            FeedForward = Number("ffn") ?? start.FeedForward,
            Vocabulary = Number("vocab") ?? start.Vocabulary,
            Context = Number("ctx") ?? start.Context,
            DataType = DataType() ?? start.DataType,
            Tied = Flag("tied") ?? start.Tied,
            Seed = Seed() ?? start.Seed,
        };
    }

    void CheckDimensions(SyntheticShape shape)
    {
        if (shape.Hidden % shape.Heads != 0)
            Refuse($"hidden must be divisible by heads, but {shape.Hidden} is not by {shape.Heads}");
        else if (shape.HeadDimension % 2 != 0)
            Refuse($"hidden / heads must be even for rotary positions, but is {shape.HeadDimension}");
        if (shape.KeyValueHeads > shape.Heads || shape.Heads % shape.KeyValueHeads != 0)
            Refuse($"heads must be divisible by kv_heads, but {shape.Heads} is not by {shape.KeyValueHeads}");
    }

    int? Number(string key)
    {
        if (!_given.TryGetValue(key, out var text))
            return null;
        var (_, lowest, highest) = Numbers.First(number => number.Key == key);
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= lowest && value <= highest)
            return value;
        Refuse($"{key} must be a whole number in {lowest}…{highest}, but is '{text}'");
        return null;
    }

    GgufTensorType? DataType()
    {
        if (!_given.TryGetValue("dtype", out var text))
            return null;
        if (DataTypes.Contains(text))
            return GgufTensorType.FromName(text);
        Refuse($"dtype must be one of {string.Join(", ", DataTypes)}, but is '{text}'{Suggest(text, DataTypes)}");
        return null;
    }

    bool? Flag(string key)
    {
        if (!_given.TryGetValue(key, out var text))
            return null;
        if (text is "true" or "false")
            return text == "true";
        Refuse($"{key} must be true or false, but is '{text}'");
        return null;
    }

    ulong? Seed()
    {
        if (!_given.TryGetValue("seed", out var text))
            return null;
        if (ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seed))
            return seed;
        Refuse($"seed must be a whole number in 0…{ulong.MaxValue}, but is '{text}'");
        return null;
    }

    void Refuse(string message) => _errors.Add(new ConfigError(path, $"synthetic model: {message}"));

    static string Suggest(string word, IEnumerable<string> candidates) =>
        KeySuggestions.Nearest(word, candidates) is { } nearest ? $" (did you mean `{nearest}`?)" : "";
}
