using Xunit;

namespace Lem.Tests.Architecture;

public sealed class SourceFileTests
{
    const string Path = "src/Lem.Core/Units/Joules.cs";

    [Theory]
    [InlineData(Path, "namespace Lem.Core.Units;\n\npublic readonly record struct Joules(double Value);\n")]
    [InlineData("src/Lem.Core/Units/Joules.Text.cs", "namespace Lem.Core.Units;\n\npartial struct Joules;\n")]
    [InlineData("src/Lem.Cli/Program.cs", "return 0;\n")]
    [InlineData("tests/Lem.Tests/Core/Units/JoulesTests.cs", "namespace Lem.Tests.Core.Units;\npublic class JoulesTests;")]
    [InlineData("tests/Shared/Parts.cs", "namespace Lem.Tests.Shared;\nstatic class Parts;")]
    public void A_file_in_style_has_no_breach(string path, string text) => Assert.Empty(new SourceFile(path, text).Breaches());

    [Fact]
    public void A_namespace_must_be_that_of_the_folder()
        => Assert.Equal([$"{Path} has namespace Lem.Core, but its folder says Lem.Core.Units"],
            new SourceFile(Path, "namespace Lem.Core;\nstruct Joules;").Breaches());

    [Fact]
    public void A_namespace_must_be_there()
        => Assert.Equal([$"{Path} has no file-scoped namespace; its folder says Lem.Core.Units"],
            new SourceFile(Path, "namespace Lem.Core.Units { struct Joules; }").Breaches());

    [Fact]
    public void A_file_must_hold_the_type_of_its_name()
        => Assert.Equal([$"{Path} does not declare Joules: a file is named after its type"],
            new SourceFile(Path, "namespace Lem.Core.Units;\nstruct JoulesPerToken;").Breaches());

    [Theory]
    [InlineData(300, 0)]
    [InlineData(301, 1)]
    public void A_file_has_at_most_three_hundred_lines(int lines, int breaches)
    {
        var text = "namespace Lem.Core.Units;\nstruct Joules;\n" + string.Concat(Enumerable.Repeat("// x\n", lines - 2));

        Assert.Equal(breaches, new SourceFile(Path, text).Breaches().Count());
    }
}
