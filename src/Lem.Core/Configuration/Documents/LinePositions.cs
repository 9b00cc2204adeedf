namespace Lem.Core.Configuration.Documents;

/// <summary>Line and column of a byte in a text.</summary>
sealed class LinePositions
{
    readonly List<int> _lineStarts = [0];

    public LinePositions(ReadOnlySpan<byte> text)
    {
        for (var index = 0; index < text.Length; index++)
        {
            if (text[index] is (byte)'\n')
                _lineStarts.Add(index + 1);
        }
    }

    public Origin At(Origin origin, long offset)
    {
        var found = _lineStarts.BinarySearch((int)offset);
        var line = found >= 0 ? found : ~found - 1;
        return origin.At(line + 1, (int)offset - _lineStarts[line] + 1);
    }
}
