namespace Lem.Measurement.Energy;

/// <summary>
/// Rows of equal width, written by one thread and read by any number without locks: a window of chunks over an endless log. Chunks are
/// allocated ahead by a thread that may (<see cref="PrepareAhead"/>); when the bound is reached the oldest chunk goes.
/// </summary>
/// <param name="width">Values in a row.</param>
/// <param name="rowsPerChunk">Rows allocated together.</param>
/// <param name="maxChunks">Chunks kept at most: the bound of memory.</param>
sealed class SampleLog<T>(int width, int rowsPerChunk, int maxChunks)
    where T : struct
{
    // A slot is written by the sampler thread, and by the preparing thread only while it lies ahead of the sampler.
    readonly T[]?[] _chunks = new T[maxChunks + 1][];

    // Written by the sampler thread only.
    long _rows;

    // Written by whoever forgets; read by all.
    long _forgotten;

    /// <summary>Rows written so far, forgotten ones included.</summary>
    public long Rows => Volatile.Read(ref _rows);

    /// <summary>The first row that is still there.</summary>
    public long FirstRow => Math.Max(Volatile.Read(ref _forgotten), (ChunkOf(Rows) - maxChunks + 1) * rowsPerChunk);

    /// <summary>The place of the next row, zeroed or holding old values. Sampler thread only.</summary>
    public Span<T> Next()
    {
        var chunk = ChunkOf(_rows);
        var slot = (int)(chunk % _chunks.Length);
        var room = Volatile.Read(ref _chunks[slot]);
        if (room is null)
        {
            // Nobody prepared: better one allocation than a lost sample.
            room = new T[width * rowsPerChunk];
            Volatile.Write(ref _chunks[slot], room);
        }

        return room.AsSpan((int)(_rows % rowsPerChunk) * width, width);
    }

    /// <summary>Makes the row of <see cref="Next"/> visible to readers. Sampler thread only.</summary>
    public void Publish()
    {
        var next = _rows + 1;

        // The chunk that the next one displaces leaves before anyone can think it is the new one.
        if (next % rowsPerChunk == 0 && ChunkOf(next) + 1 - _chunks.Length is var old and >= 0)
            Volatile.Write(ref _chunks[old % _chunks.Length], null);
        Volatile.Write(ref _rows, next);
    }

    /// <summary>Allocates the chunk after the one being written. For the thread that drains, about once a second.</summary>
    public void PrepareAhead()
    {
        var slot = (int)((ChunkOf(Rows) + 1) % _chunks.Length);
        if (Volatile.Read(ref _chunks[slot]) is null)
            Interlocked.CompareExchange(ref _chunks[slot], new T[width * rowsPerChunk], null);
    }

    /// <summary>Drops whole chunks before a row. Rows from it on stay.</summary>
    public void Forget(long beforeRow)
    {
        for (var chunk = ChunkOf(FirstRow); (chunk + 1) * rowsPerChunk <= Math.Min(beforeRow, Rows); chunk++)
        {
            Volatile.Write(ref _forgotten, (chunk + 1) * rowsPerChunk);
            Volatile.Write(ref _chunks[chunk % _chunks.Length], null);
        }
    }

    /// <summary>One value of a row; false where the row is no longer, or not yet, there.</summary>
    public bool TryGet(long row, int column, out T value)
    {
        value = default;
        if (row < FirstRow || row >= Rows || Volatile.Read(ref _chunks[ChunkOf(row) % _chunks.Length]) is not { } chunk)
            return false;
        value = chunk[((int)(row % rowsPerChunk) * width) + column];

        // The chunk may have been displaced between the two looks.
        return row >= FirstRow;
    }

    long ChunkOf(long row) => row / rowsPerChunk;
}
