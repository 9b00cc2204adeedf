namespace Lem.Core.Results.Migration;

/// <summary>Whether an ISO 8601 time says where on earth it was.</summary>
static class TimeZones
{
    public static bool Has(string time) => time.EndsWith('Z') || time.EndsWith('z') || time.AsSpan(Math.Min(time.Length, 10)).IndexOfAny('+', '-') >= 0;
}
