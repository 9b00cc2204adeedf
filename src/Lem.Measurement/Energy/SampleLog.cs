namespace Lem.Measurement.Energy;

/// <summary>
/// Rows of equal width, written by one thread and read by any number without locks: a window of chunks over an endless log. Chunks are
/// allocated ahead by a thread that may (<see cref="PrepareAhead"/>); that thread also folds old rows together when they take too much room,
/// and beyond the last chunk the oldest go.
/// </summary>
/// <param name="width">Values in a row.</param>
/// <param name="rowsPerChunk">Rows allocated together.</param>
/// <param name="maxChunks">Chunks kept at most, folded ones included.</param>
sealed class SampleLog<T>(int width, int rowsPerChunk, int maxChunks)
    where T : struct
{
    // A slot is written by the sampler thread, and by the preparing thread only while it lies ahead of the sampler or is full.
    readonly Chunk?[] _chunks = new Chunk[maxChunks + 1];

    // Written by the sampler thread only.
    long _rows;

    /// <summary>Makes one value of several that follow each other in a column.</summary>
    public delegate T Fold(ReadOnlySpan<T> rows, int width, int column);

    /// <summary>Rows written so far, those that are gone included.</summary>
    public long Rows => Volatile.Read(ref _rows);

    /// <summary>The first row that is still there.</summary>
    public long FirstRow => Math.Max(0, (ChunkOf(Rows) - maxChunks + 1) * rowsPerChunk);

    /// <summary>The place of the next row, zeroed or holding old values. Sampler thread only.</summary>
    public Span<T> Next()
    {
        var slot = (int)(ChunkOf(_rows) % _chunks.Length);
        var room = Volatile.Read(ref _chunks[slot]);
        if (room is null)
        {
            // Nobody prepared: better one allocation than a lost sample.
            room = new(new T[width * rowsPerChunk], 1);
            Volatile.Write(ref _chunks[slot], room);
        }

        return room.Values.AsSpan((int)(_rows % rowsPerChunk) * width, width);
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
            Interlocked.CompareExchange(ref _chunks[slot], new(new T[width * rowsPerChunk], 1), null);
    }

    /// <summary>
    /// Folds full chunks, oldest and finest first, until at most <paramref name="maxValues"/> are held: eight rows become one, then 64, then
    /// 512. Chunks within one of a kept row stay as they are. One thread only.
    /// </summary>
    public void FoldDownTo(long maxValues, IReadOnlyCollection<long> keep, Fold fold)
    {
        var held = Held();
        for (var stride = 8; held > maxValues && stride <= rowsPerChunk; stride *= 8)
            for (var chunk = ChunkOf(FirstRow); held > maxValues && chunk < ChunkOf(Rows) - 1; chunk++)
                if (Volatile.Read(ref _chunks[chunk % _chunks.Length]) is { } fine && fine.Stride < stride && !keep.Any(row => Math.Abs(ChunkOf(row) - chunk) <= 1))
                {
                    var coarse = Folded(fine, stride / fine.Stride, fold);
                    held -= fine.Values.Length - coarse.Values.Length;
                    Volatile.Write(ref _chunks[chunk % _chunks.Length], coarse);
                }
    }

    /// <summary>One value of a row; false where the row is no longer, or not yet, there.</summary>
    public bool TryGet(long row, int column, out T value) => TryGet(row, column, out value, out _);

    /// <summary>One value of a row, or of the rows that were folded together with it.</summary>
    /// <param name="folded">How many rows the value stands for; the first of them is a multiple of it.</param>
    public bool TryGet(long row, int column, out T value, out int folded)
    {
        (value, folded) = (default, 1);
        if (row < FirstRow || row >= Rows || Volatile.Read(ref _chunks[ChunkOf(row) % _chunks.Length]) is not { } chunk)
            return false;
        folded = chunk.Stride;
        value = chunk.Values[((int)(row % rowsPerChunk) / folded * width) + column];

        // The chunk may have been displaced between the two looks.
        return row >= FirstRow;
    }

    long Held()
    {
        long held = 0;
        for (var chunk = ChunkOf(FirstRow); chunk <= ChunkOf(Rows); chunk++)
            held += Volatile.Read(ref _chunks[chunk % _chunks.Length])?.Values.Length ?? 0;
        return held;
    }

    Chunk Folded(Chunk fine, int group, Fold fold)
    {
        var coarse = new T[fine.Values.Length / group];
        for (var row = 0; row < coarse.Length / width; row++)
            for (var column = 0; column < width; column++)
                coarse[(row * width) + column] = fold(fine.Values.AsSpan(row * group * width, group * width), width, column);
        return new(coarse, fine.Stride * group);
    }

    long ChunkOf(long row) => row / rowsPerChunk;

    /// <param name="Stride">Rows that each value stands for.</param>
    sealed record Chunk(T[] Values, int Stride);
}
