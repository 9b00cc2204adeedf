using System.Text.RegularExpressions;
using Lem.Core.Configuration;

namespace Lem.Measurement.Hub;

/// <summary>A repository of models or of data sets, <c>org/name</c>.</summary>
public sealed partial record HubRepository
{
    HubRepository(string id, bool isDataset) => (Id, IsDataset) = (id, isDataset);

    public string Id { get; }

    public bool IsDataset { get; }

    /// <summary>Its folder in the cache: <c>models--org--name</c>.</summary>
    internal string FolderName => $"{(IsDataset ? "datasets" : "models")}--{Id.Replace("/", "--", StringComparison.Ordinal)}";

    /// <summary>Its path in the hub's API: <c>api/models/org/name</c>.</summary>
    internal string ApiPath => $"api/{(IsDataset ? "datasets" : "models")}/{Id}";

    /// <summary>Its page, and where its files lie below: <c>org/name</c>, <c>datasets/org/name</c>.</summary>
    internal string PagePath => IsDataset ? $"datasets/{Id}" : Id;

    public static HubRepository Model(string id) => new(Checked(id, "model_name"), isDataset: false);

    public static HubRepository Dataset(string id) => new(Checked(id, "dataset.name"), isDataset: true);

    public override string ToString() => Id;

    // The hub's own rules; with them an id is also safe as the name of a folder.
    static string Checked(string id, string path) =>
        Form().IsMatch(id) && !id.Contains("--", StringComparison.Ordinal) && !id.Contains("..", StringComparison.Ordinal)
            ? id
            : throw new ConfigException([new(path, $"must be the name of a Hugging Face repository (org/name), but is {id}")]);

    [GeneratedRegex(@"^([A-Za-z0-9_][A-Za-z0-9._-]{0,95}/)?[A-Za-z0-9_][A-Za-z0-9._-]{0,95}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
