namespace Lem.Measurement.Launching;

/// <summary>What a program has said, its last lines. Written by its readers, read by anyone.</summary>
public sealed class LogTail
{
    const int MostLines = 5000;
    const int MostCharacters = 4000;

    readonly Queue<string> _lines = new();
    readonly Lock _gate = new();

    public void Add(string line)
    {
        lock (_gate)
        {
            _lines.Enqueue(line.Length <= MostCharacters ? line : line[..MostCharacters]);
            if (_lines.Count > MostLines)
                _lines.Dequeue();
        }
    }

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<string> Lines()
    {
        lock (_gate)
            return [.. _lines];
    }

    public override string ToString() => string.Join('\n', Lines());
}
