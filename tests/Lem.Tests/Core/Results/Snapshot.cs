using System.Text;
using Lem.Tests.Shared;
using Xunit;

namespace Lem.Tests.Core.Results;

/// <summary>Compares a text with a file of the repository; <c>LEM_ACCEPT=1</c> rewrites the file instead.</summary>
static class Snapshot
{
    public static void AssertMatches(string repositoryPath, string actual)
    {
        var path = Path.Combine(Repository.Root, repositoryPath);
        if (Environment.GetEnvironmentVariable("LEM_ACCEPT") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, actual, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        }

        Assert.True(File.Exists(path), $"{repositoryPath} is missing; run the tests with LEM_ACCEPT=1 and review the file.");
        Assert.Equal(File.ReadAllText(path), actual);
    }
}
