namespace Lem.Tests.Fakes;

/// <summary>
/// What code allocates on this thread. The count is not exact while other tests run: a collection that their threads begin moves it by up to
/// an allocation context (8 KB). What the code itself allocates comes every time, so the least of several looks is its own.
/// </summary>
static class Allocations
{
    /// <summary>Fewest bytes of five runs.</summary>
    /// <param name="prepare">Done before each run and not counted.</param>
    public static long Least(Action action, Action? prepare = null)
    {
        var least = long.MaxValue;
        for (var look = 0; look < 5; look++)
        {
            prepare?.Invoke();
            var before = GC.GetAllocatedBytesForCurrentThread();
            action();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
