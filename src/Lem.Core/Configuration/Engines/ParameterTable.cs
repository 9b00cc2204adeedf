using Lem.Core.Configuration.Schema;

namespace Lem.Core.Configuration.Engines;

/// <summary>Everything one engine can be told, and what its parameters demand of each other.</summary>
public sealed class ParameterTable
{
    /// <summary>The key under which a section passes on what the table does not declare.</summary>
    public const string ExtraKey = "extra";

    readonly Dictionary<string, Parameter> _byPath = [];

    public ParameterTable(Backend backend, string section, IReadOnlyList<Parameter> parameters, IReadOnlyList<ParameterRule> rules)
    {
        Backend = backend;
        Section = section;
        Parameters = parameters;
        Rules = rules;
        Index(parameters, "");
        Shape = new ObjectShape(new Dictionary<string, Shape>(parameters.ToDictionary(row => row.Name, row => row.Shape))
        {
            [ExtraKey] = new MapShape(new AnyShape { Nullable = true }),
        })
        {
            Nullable = true,
        };
    }

    public Backend Backend { get; }

    /// <summary>Name of the section in a configuration.</summary>
    public string Section { get; }

    public IReadOnlyList<Parameter> Parameters { get; }

    public IReadOnlyList<ParameterRule> Rules { get; }

    /// <summary>What the section may hold, <c>extra</c> included.</summary>
    public ObjectShape Shape { get; }

    /// <summary>The row at a dotted path within the section, or null.</summary>
    public Parameter? Find(string path) => _byPath.GetValueOrDefault(path);

    void Index(IEnumerable<Parameter> rows, string prefix)
    {
        foreach (var row in rows)
        {
            _byPath.Add(prefix + row.Name, row);
            Index(row.Fields, $"{prefix}{row.Name}.");
        }
    }
}
