namespace Lem.Core.Results.Aggregation;

/// <summary>Collects, while a result is made, why its fields are null.</summary>
sealed class Reasons
{
    readonly Dictionary<string, string> _byPath = new(StringComparer.Ordinal);

    /// <summary>If it is null, the field at this path (or everything null below it) is so because of this. The first reason given stands.</summary>
    public void Because(string path, string? reason)
    {
        if (reason is not null)
            _byPath.TryAdd(path, reason);
    }

    /// <summary>The reason of a path: its own, else that of the nearest part above it.</summary>
    public string? Of(string path)
    {
        for (var end = path.Length; end > 0; end = path.AsSpan(0, end).LastIndexOfAny('.', '['))
        {
            if (_byPath.TryGetValue(path[..end], out var reason))
                return reason;
        }

        return null;
    }
}
