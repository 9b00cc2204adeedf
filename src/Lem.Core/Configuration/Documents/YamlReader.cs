using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Lem.Core.Configuration.Documents;

/// <summary>Reads one YAML (or JSON) document into located nodes, within <see cref="Limits"/>.</summary>
/// <remarks>Works on the parser's events, so that each key and value keeps its line and column.</remarks>
sealed class YamlReader
{
    readonly Parser _events;
    readonly Origin _origin;
    readonly Dictionary<string, Anchored> _anchors = [];
    int _nodes;

    // Deepest level reached so far below the node being read.
    int _deepest;

    YamlReader(string text, Origin origin)
    {
        _events = new Parser(new Scanner(new StringReader(text), skipComments: true));
        _origin = origin;
    }

    /// <summary>The document, or null for an empty one. Every mistake in it is a <see cref="ConfigException"/>, never the library's own.</summary>
    public static ConfigNode? Read(string text, Origin origin)
    {
        if (text.Length > Limits.FileBytes)
            throw new ConfigException([new("", $"is larger than {Limits.FileBytes / 1024} KiB", Location: origin.Location)]);
        var reader = new YamlReader(text, origin);
        try
        {
            return reader.ReadStream();
        }
        catch (YamlException exception)
        {
            var place = origin.At((int)exception.Start.Line, (int)exception.Start.Column).Location;
            throw new ConfigException([new("", $"is not valid YAML: {exception.Message.TrimEnd('.')}", Location: place)]);
        }
        catch (InvalidOperationException)
        {
            // YamlDotNet 16.3 answers so to a flow collection that is still open when a block key begins (Scanner.ScanPlainScalar).
            var place = reader._events.Current is { } last ? reader.Place(last).Location : origin.Location;
            throw new ConfigException([new("", "is not valid YAML: a [ or { is never closed", Location: place)]);
        }
    }

    ConfigNode? ReadStream()
    {
        _events.Consume<StreamStart>();
        if (_events.TryConsume<StreamEnd>(out _))
            return null;
        _events.Consume<DocumentStart>();
        var document = ReadNode(depth: 1);
        _events.Consume<DocumentEnd>();
        if (_events.Accept<DocumentStart>(out var second))
            throw Wrong(second, "holds several documents, but a configuration is one");
        return document is ConfigScalar { IsNull: true } ? null : document;
    }

    ConfigNode ReadNode(int depth)
    {
        var start = _events.Current ?? throw new YamlException("unexpected end");
        if (depth > Limits.Depth)
            throw Wrong(start, $"is nested more than {Limits.Depth} levels deep");
        if (_events.TryConsume<AnchorAlias>(out var alias))
            return Expand(alias, depth);

        var (nodesBefore, deepestBefore) = (_nodes, _deepest);
        _deepest = depth;
        Count(start, 1);
        var anchor = start is NodeEvent { Anchor.IsEmpty: false } named ? named.Anchor.Value : null;
        ConfigNode node = start switch
        {
            Scalar => ReadScalar(_events.Consume<Scalar>()),
            SequenceStart => ReadSequence(_events.Consume<SequenceStart>(), depth),
            _ => ReadMapping(_events.Consume<MappingStart>(), depth),
        };
        if (anchor is not null)
            _anchors[anchor] = new(node, _nodes - nodesBefore, _deepest - depth);
        _deepest = Math.Max(_deepest, deepestBefore);
        return node;
    }

    // Aliases may neither multiply values nor stack levels beyond the limits.
    ConfigNode Expand(AnchorAlias alias, int depth)
    {
        if (!_anchors.TryGetValue(alias.Value.Value, out var anchored))
            throw Wrong(alias, $"refers to &{alias.Value.Value}, which does not stand before it");
        Count(alias, anchored.Nodes);
        if (depth + anchored.Levels > Limits.Depth)
            throw Wrong(alias, $"is nested more than {Limits.Depth} levels deep");
        _deepest = Math.Max(_deepest, depth + anchored.Levels);
        return anchored.Node;
    }

    void Count(ParsingEvent place, int nodes)
    {
        _nodes += nodes;
        if (_nodes > Limits.Nodes)
            throw Wrong(place, $"has more than {Limits.Nodes:N0} values once its anchors are expanded");
    }

    ConfigScalar ReadScalar(Scalar scalar)
    {
        var origin = Place(scalar);
        if (HasLoneSurrogate(scalar.Value))
            throw Wrong(scalar, "holds half of a surrogate pair, which is no text");
        if (scalar.Style is not ScalarStyle.Plain || scalar.Tag is { IsEmpty: false, Value: "tag:yaml.org,2002:str" or "!" })
            return new(origin, scalar.Value);
        var value = YamlScalars.Resolve(scalar.Value);
        if (value is double number && !double.IsFinite(number))
            throw Wrong(scalar, $"{scalar.Value} is no finite number");
        return new(origin, value) { Written = scalar.Value };
    }

    ConfigSequence ReadSequence(SequenceStart start, int depth)
    {
        var items = new List<ConfigNode>();
        while (!_events.TryConsume<SequenceEnd>(out _))
            items.Add(ReadNode(depth + 1));
        return new(Place(start), items);
    }

    ConfigMapping ReadMapping(MappingStart start, int depth)
    {
        var members = new OrderedDictionary<string, ConfigMember>();
        while (!_events.TryConsume<MappingEnd>(out _))
        {
            if (!_events.TryConsume<Scalar>(out var key))
                throw Wrong(_events.Current ?? start, "keys must be text");
            if (HasLoneSurrogate(key.Value))
                throw Wrong(key, "holds half of a surrogate pair, which is no text");
            var value = ReadNode(depth + 1);
            if (!members.TryAdd(key.Value, new(key.Value, Place(key), value)))
                throw Wrong(key, $"`{key.Value}` stands twice");
        }
        return new(Place(start), members.Values);
    }

    Origin Place(ParsingEvent found) => _origin.At((int)found.Start.Line, (int)found.Start.Column);

    ConfigException Wrong(ParsingEvent place, string message) => new([new("", message, Location: Place(place).Location)]);

    static bool HasLoneSurrogate(string text)
    {
        for (var index = 0; index < text.Length; index++)
        {
            if (!char.IsSurrogate(text[index]))
                continue;
            if (index + 1 >= text.Length || !char.IsSurrogatePair(text[index], text[index + 1]))
                return true;
            index++;
        }
        return false;
    }

    sealed record Anchored(ConfigNode Node, int Nodes, int Levels);
}
