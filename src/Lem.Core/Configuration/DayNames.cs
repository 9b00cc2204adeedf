namespace Lem.Core.Configuration;

/// <summary>Days of the week by their first three letters, and the aliases <c>weekdays</c> and <c>weekends</c>.</summary>
public static class DayNames
{
    static readonly string[] _week = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

    public const string Choices = "mon, tue, wed, thu, fri, sat, sun, weekdays or weekends";

    public static bool IsKnown(string name) => Expand(name).Count > 0;

    /// <summary>The days a name stands for; none when it stands for nothing.</summary>
    public static IReadOnlyList<DayOfWeek> Expand(string name)
    {
        var lower = name.ToLowerInvariant();
        if (lower is "weekdays")
            return [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday];
        if (lower is "weekends")
            return [DayOfWeek.Saturday, DayOfWeek.Sunday];
        var index = Array.IndexOf(_week, lower);
        return index < 0 ? [] : [(DayOfWeek)((index + 1) % 7)];
    }
}
