using Xunit;

namespace Lem.Tests.Shared.Traces;

/// <summary>Published traces of real requests, where they lie beside the checkout (see their README for origin and licence).</summary>
static class PublishedTraces
{
    static readonly string? Folder = new[] { "..", "../.." }
        .Select(up => Path.Combine(Repository.Root, up, "shared/data/traces"))
        .FirstOrDefault(Directory.Exists);

    /// <summary>A trace's file; the test skips where it is not there.</summary>
    public static string Require(string file)
    {
        var path = Path.Combine(Folder ?? "", file);
        Assert.SkipUnless(File.Exists(path), $"the published trace {file} is not there: put shared/data/traces beside the checkout");
        return path;
    }
}
