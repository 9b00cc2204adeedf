using System.Diagnostics.CodeAnalysis;
using Xunit;

namespace Lem.Tests.Shared;

/// <summary>
/// The one rule for tests that need a real part (a server, a device, another program's reader): without it they skip and print why;
/// under <c>LEM_REQUIRE_ALL=1</c>, which <c>.ci/run</c> sets, they fail instead.
/// </summary>
static class Parts
{
    /// <summary>Says that a test needs a part; returns only where it is there.</summary>
    /// <param name="present">Whether the part is there.</param>
    /// <param name="name">The part: <c>Debian sid root</c>.</param>
    /// <param name="howToGetIt">What is missing and what a person can do about it, as a clause: <c>run eng/test-root.sh and set LEM_SID_ROOT</c>.</param>
    public static void Require([DoesNotReturnIf(false)] bool present, string name, string howToGetIt)
        => Require(present, name, howToGetIt, Environment.GetEnvironmentVariable("LEM_REQUIRE_ALL") == "1");

    /// <summary>Says that a test needs a program on the PATH, and gives its full path.</summary>
    public static string RequireProgram(string program, string howToGetIt)
    {
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(File.Exists);
        Require(path is not null, program, howToGetIt);
        return path;
    }

    internal static void Require([DoesNotReturnIf(false)] bool present, string name, string howToGetIt, bool requireAll)
    {
        if (present)
            return;
        if (requireAll)
            Assert.Fail($"{name} is missing although LEM_REQUIRE_ALL=1: {howToGetIt}");
        Assert.Skip($"{name} is missing: {howToGetIt}");
    }
}
