using Lem.Tests.Architecture.Planted.Energy;
using Xunit;

namespace Lem.Tests.Architecture;

public sealed class BuiltAssemblyTests
{
    const string Energy = "Lem.Tests.Architecture.Planted.Energy";
    const string Hosts = "Lem.Tests.Architecture.Planted.Hosts";

    static readonly IReadOnlyList<Reference> References = ReadOwnReferences();

    public static TheoryData<string> Ways => [.. WaysToKnowAHost.All.Select(type => type.Name)];

    [Theory]
    [MemberData(nameof(Ways))]
    public void A_type_that_knows_another_is_found(string way)
        => Assert.Contains(References, reference => reference.From == $"{Energy}.{way}"
            && reference.To.StartsWith($"{Hosts}.", StringComparison.Ordinal));

    [Fact]
    public void A_type_that_knows_nothing_is_left_alone()
        => Assert.DoesNotContain(References, reference => reference.From == $"{Energy}.{nameof(ByNothing)}"
            && reference.To.StartsWith(Hosts, StringComparison.Ordinal));

    [Fact]
    public void A_breach_planted_in_an_assembly_is_told_by_the_rules()
    {
        var layers = new Layers("Lem.Tests.Architecture.Planted", new Dictionary<string, string[]> { [Energy] = [], [Hosts] = [] });

        var breaches = layers.Breaches(References).ToList();

        Assert.Contains($"{Energy} must not know {Hosts}.Host: {Energy}.ByCall uses {Hosts}.Host", breaches);
        Assert.Equal(Ways.Count, breaches.Count);
    }

    [Fact]
    public void Interfaces_are_told_from_classes()
    {
        using var assembly = new BuiltAssembly(typeof(ByNothing).Assembly.Location);

        Assert.Contains(($"{Hosts}.IHost", true), assembly.Types);
        Assert.Contains(($"{Hosts}.Host", false), assembly.Types);
    }

    static IReadOnlyList<Reference> ReadOwnReferences()
    {
        using var assembly = new BuiltAssembly(typeof(ByNothing).Assembly.Location);
        return assembly.References;
    }
}
