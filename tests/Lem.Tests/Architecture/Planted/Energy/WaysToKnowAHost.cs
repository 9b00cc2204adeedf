using Lem.Tests.Architecture.Planted.Hosts;

namespace Lem.Tests.Architecture.Planted.Energy;

/// <summary>Types that know a host, each in one way of its own; none is ever run.</summary>
static class WaysToKnowAHost
{
    public static IEnumerable<Type> All =>
    [
        typeof(ByBase), typeof(ByInterface), typeof(ByAttribute), typeof(ByField), typeof(ByFieldAttribute), typeof(ByProperty),
        typeof(ByParameter), typeof(ByGenericArgument), typeof(ByConstraint<>), typeof(ByTypeOf), typeof(ByCall), typeof(ByCallInALambda),
        typeof(ByCallAfterAwait), typeof(ByCallAfterASwitch), typeof(ByGenericMethod),
    ];
}

abstract class ByBase : Host;

abstract class ByInterface : IHost;

[Host]
abstract class ByAttribute;

abstract class ByField
{
    internal const HostKind Kind = HostKind.Bare;
}

abstract class ByFieldAttribute
{
    [Host]
    internal const int Field = 1;
}

abstract class ByProperty
{
    internal abstract Host Host { get; }
}

abstract class ByParameter
{
    internal abstract void Take(Host[] hosts);
}

abstract class ByGenericArgument
{
    internal abstract Dictionary<string, List<Host>> Hosts();
}

abstract class ByConstraint<T> where T : Host;

abstract class ByTypeOf
{
    internal static Type Type() => typeof(Host);
}

abstract class ByCall
{
    internal static int Count() => Host.Count;
}

abstract class ByCallInALambda
{
    internal static Func<int, int> Count() => more => Host.Count + more;
}

abstract class ByCallAfterAwait
{
    internal static async Task<int> CountAsync()
    {
        await Task.Yield();
        return Host.Count;
    }
}

abstract class ByCallAfterASwitch
{
    // Every kind of operand stands before the call, so that a reader that loses its place in the instructions misses it.
    internal static double Count(int way, long wide, double real, float single)
    {
        switch (way)
        {
            case 0: return wide + 0x1234_5678_9ABC;
            case 1: return real + 1.5;
            case 2: return single + 2.5f;
            case 3: return "text".Length + 1000;
            case 4: return Math.Max(wide, way);
            default:
                object boxed = wide == 5;
                return boxed is true ? new Host().GetHashCode() : 0;
        }
    }
}

abstract class ByGenericMethod
{
    internal static object Make() => Activator.CreateInstance<Host>();
}

abstract class ByNothing
{
    internal static int Count() => 1;
}
