using System.Globalization;

namespace Lem.Core.Configuration;

/// <summary>Durations as people write them: <c>90s</c>, <c>30m</c>, <c>6h</c>, <c>1.5d</c>, <c>2w</c>.</summary>
public static class Duration
{
    public static bool TryParse(string text, out TimeSpan duration)
    {
        duration = default;
        if (text.Length < 2 || SecondsOf(text[^1]) is not { } unitSeconds)
            return false;
        if (!double.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count))
            return false;
        var seconds = count * unitSeconds;
        if (seconds is not (> 0 and < 1e10))
            return false;
        duration = TimeSpan.FromSeconds(seconds);
        return true;
    }

    static double? SecondsOf(char unit) => unit switch
    {
        's' => 1,
        'm' => 60,
        'h' => 3_600,
        'd' => 86_400,
        'w' => 604_800,
        _ => null,
    };
}
