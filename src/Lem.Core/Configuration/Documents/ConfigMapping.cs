using System.Text.Json.Nodes;

namespace Lem.Core.Configuration.Documents;

/// <summary>Keys and values in the order they were written.</summary>
sealed record ConfigMapping : ConfigNode
{
    readonly OrderedDictionary<string, ConfigMember> _members = [];

    public ConfigMapping(Origin origin, IEnumerable<ConfigMember> members)
        : base(origin)
    {
        foreach (var member in members)
            _members[member.Key] = member;
    }

    public IReadOnlyList<ConfigMember> Members => _members.Values;

    public override string Words => "a mapping";

    public ConfigNode? this[string key] => _members.GetValueOrDefault(key)?.Value;

    public override JsonObject ToJson() =>
        new(_members.Values.Select(member => new KeyValuePair<string, JsonNode?>(member.Key, member.Value.ToJson())));

    public bool Has(string key) => _members.ContainsKey(key);

    public ConfigMapping Without(string key) => new(Origin, Members.Where(member => member.Key != key));

    public ConfigMapping With(string key, ConfigNode value) => With(new ConfigMember(key, value.Origin, value));

    public ConfigMapping With(ConfigMember added) =>
        Has(added.Key)
            ? new(Origin, Members.Select(member => member.Key == added.Key ? added : member))
            : new(Origin, [.. Members, added]);

    /// <summary>The node at a dotted path, or null.</summary>
    public ConfigNode? Find(string path)
    {
        ConfigNode? node = this;
        foreach (var name in path.Split('.'))
            node = (node as ConfigMapping)?[name];
        return node;
    }

    /// <summary>This tree with a value set at a dotted path; what stands in the way is replaced by mappings.</summary>
    public ConfigMapping Set(string path, ConfigNode value)
    {
        var dot = path.IndexOf('.', StringComparison.Ordinal);
        if (dot < 0)
            return With(path, value);
        var child = this[path[..dot]] as ConfigMapping ?? new ConfigMapping(value.Origin, []);
        return With(path[..dot], child.Set(path[(dot + 1)..], value));
    }

    /// <summary>This tree without the value at a dotted path, and without mappings that are empty for it.</summary>
    public ConfigMapping Remove(string path)
    {
        var dot = path.IndexOf('.', StringComparison.Ordinal);
        if (dot < 0)
            return Without(path);
        if (this[path[..dot]] is not ConfigMapping child)
            return this;
        var rest = child.Remove(path[(dot + 1)..]);
        return rest.Members.Count == 0 ? Without(path[..dot]) : With(path[..dot], rest);
    }

    /// <summary>The upper tree over this one: mappings key by key, lists whole, and an explicit null overrides.</summary>
    public ConfigMapping MergedWith(ConfigMapping upper)
    {
        var merged = new OrderedDictionary<string, ConfigMember>(_members);
        foreach (var member in upper.Members)
        {
            merged[member.Key] = this[member.Key] is ConfigMapping below && member.Value is ConfigMapping above
                ? member with { Value = below.MergedWith(above) }
                : member;
        }
        return new(upper.Origin, merged.Values);
    }
}
