using Lem.Core.Configuration.Documents;
using Lem.Core.Configuration.Schema;

namespace Lem.Core.Configuration.Loading;

/// <summary>Holds a document against its shape: unknown keys, wrong kinds, values out of range. Finds everything, not the first thing.</summary>
sealed class ShapeChecker(ObjectShape root)
{
    // A file of thousands of unknown keys gets no thousands of searches.
    const int MostSuggestions = 50;

    readonly List<ConfigError> _errors = [];

    public static IReadOnlyList<ConfigError> Check(ConfigNode document, ObjectShape root) => Check(document, root, root, "");

    /// <summary>Checks a part of a document, whose place in the whole is <paramref name="path"/>.</summary>
    public static IReadOnlyList<ConfigError> Check(ConfigNode part, Shape shape, ObjectShape root, string path)
    {
        var checker = new ShapeChecker(root);
        checker.Visit(part, shape, path);
        return checker._errors;
    }

    void Visit(ConfigNode node, Shape shape, string path)
    {
        // A section that is null is the section's defaults: `vllm:` with nothing below it.
        if (node is ConfigScalar { IsNull: true } && (shape.Nullable || shape is ObjectShape or MapShape))
            return;
        switch (shape, node)
        {
            case (ObjectShape map, ConfigMapping mapping):
                VisitMembers(mapping, map, map.Members, path);
                break;
            case (VariantShape variant, ConfigMapping mapping):
                VisitVariant(mapping, variant, path);
                break;
            case (MapShape map, ConfigMapping mapping):
                foreach (var member in mapping.Members)
                    Visit(member.Value, map.Value, Join(path, member.Key));
                break;
            case (ListShape list, ConfigSequence sequence):
                for (var index = 0; index < sequence.Items.Count; index++)
                    Visit(sequence.Items[index], list.Element, $"{path}[{index}]");
                break;
            case (EitherShape either, _):
                VisitEither(node, either, path);
                break;
            default:
                if (ScalarChecks.Problem(node, shape) is { } problem)
                    Add(path, problem, node.Origin);
                break;
        }
    }

    void VisitMembers(ConfigMapping mapping, Shape owner, IReadOnlyDictionary<string, Shape> members, string path)
    {
        foreach (var member in mapping.Members)
        {
            var memberPath = Join(path, member.Key);
            if (members.TryGetValue(member.Key, out var shape))
                Visit(member.Value, shape, memberPath);
            else
                Add(memberPath, Unknown(member.Key, path, owner), member.KeyOrigin);
        }
    }

    void VisitVariant(ConfigMapping mapping, VariantShape variant, string path)
    {
        var choices = new ChoiceShape([.. variant.Variants.Keys]);
        if (mapping[variant.Discriminator] is not { } kind)
            Add(Join(path, variant.Discriminator), $"is required: {choices.Words}", mapping.Origin);
        else if (ScalarChecks.Problem(kind, choices) is { } problem)
            Add(Join(path, variant.Discriminator), problem, kind.Origin);
        else
        {
            // The choice has just been found to be one of the variants, and so is text.
            var chosen = variant.Variants[((ConfigScalar)kind).Text!];
            VisitMembers(mapping.Without(variant.Discriminator), chosen, chosen.Members, path);
        }
    }

    void VisitEither(ConfigNode node, EitherShape either, string path)
    {
        var attempts = either.Shapes.Select(shape => Check(node, shape, root, path)).ToList();
        if (attempts.Any(errors => errors.Count == 0))
            return;

        // A mapping with a slip inside is better told about the slip than about every other form.
        var deeper = attempts.FirstOrDefault(errors => errors.Any(error => error.Path != path));
        if (deeper is not null)
            _errors.AddRange(deeper);
        else
            Add(path, $"must be {either.Words}, but is {node.Words}", node.Origin);
    }

    string Unknown(string key, string path, Shape owner) =>
        _errors.Count < MostSuggestions && KeySuggestions.For(key, path, owner, root) is { } suggestion ? $"unknown; did you mean `{suggestion}`?" : "unknown";

    void Add(string path, string message, Origin origin) => _errors.Add(new(path, message, Location: origin.Location));

    static string Join(string parent, string key) => parent is "" ? key : $"{parent}.{key}";
}
