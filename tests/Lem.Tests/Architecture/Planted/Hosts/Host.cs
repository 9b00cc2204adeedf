namespace Lem.Tests.Architecture.Planted.Hosts;

/// <summary>What <see cref="Energy"/> in this folder knows although it must not: the tests of the architecture test look for it.</summary>
class Host
{
    public static int Count => 1;
}

[AttributeUsage(AttributeTargets.All)]
sealed class HostAttribute : Attribute;

interface IHost;

enum HostKind
{
    Bare,
}
