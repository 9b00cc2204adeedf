using System.Security.Cryptography;
using Lem.Core.Results;
using Lem.Core.Results.Migration;
using Lem.Core.Results.Storage;
using Lem.Tests.Core.Results.Storage;
using Lem.Tests.Shared;

namespace Lem.Tests.Core.Results.Migration;

/// <summary>A copy of one of the golden trees, migrated into itself.</summary>
sealed class GoldenTree : IDisposable
{
    readonly ScratchDirectory _scratch = new();

    public GoldenTree(string tree)
    {
        foreach (var file in Directory.EnumerateFiles(Source(tree), "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(Root, Path.GetRelativePath(Source(tree), file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!); // a file lies in a folder
            File.Copy(file, copy);
        }
    }

    public string Root => _scratch.Path;

    public ResultsDirectory Results => new(Root);

    public static string Source(string tree) => Path.Combine(Repository.Root, "tests/Lem.Tests/Core/Results/Migration/Golden", tree);

    public MigrationReport Migrate(bool dryRun = false) => new Migrator(Root, Results, "test").Run(dryRun);

    /// <summary>The result that was made of this original, read back from disk.</summary>
    public ExperimentResult ResultOf(string originalId)
    {
        var store = new ResultStore(Results);
        return store.Ids().Select(TryRead).OfType<ExperimentResult>().Single(result => result.Migration?.OriginalId == originalId);

        ExperimentResult? TryRead(string id)
        {
            try
            {
                return store.Read(id);
            }
            catch (Lem.Core.LemException)
            {
                return null; // an original
            }
        }
    }

    /// <summary>Hash of every file by its name.</summary>
    public Dictionary<string, string> Hashes() => Directory.EnumerateFiles(Root, "*", SearchOption.AllDirectories)
        .ToDictionary(path => Path.GetRelativePath(Root, path), path => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path))));

    public void Dispose() => _scratch.Dispose();
}
