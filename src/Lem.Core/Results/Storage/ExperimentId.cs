using System.Globalization;
using System.Security.Cryptography;

namespace Lem.Core.Results.Storage;

/// <summary>Names of experiments and their windows, which are also names of files: no separator and no dot-dot ever gets into them.</summary>
public static class ExperimentId
{
    const string TimeFormat = "yyyyMMdd'T'HHmmss'Z'";
    const int TimeLength = 16;
    const int LongestName = 80;
    const int LongestId = 200;

    /// <summary>A new id: <c>20260131T235959Z-my-config-0a1b2c3d</c>, time in UTC, eight random hex digits.</summary>
    public static string New(string configName, TimeProvider time) =>
        Of(configName, time.GetUtcNow(), RandomNumberGenerator.GetHexString(8, lowercase: true));

    /// <summary>The id of a name, a time and a suffix.</summary>
    public static string Of(string configName, DateTimeOffset time, string suffix) =>
        $"{time.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture)}-{Sanitise(configName)}-{suffix}";

    /// <summary>Id of one window: cycle k of several is <c>&lt;id&gt;_c&lt;k&gt;</c>, k from one as people count; a single one bears the experiment's own id.</summary>
    public static string OfWindow(string experimentId, int cycleIndex, int cycleCount) =>
        cycleCount > 1 ? string.Create(CultureInfo.InvariantCulture, $"{experimentId}_c{cycleIndex + 1}") : experimentId;

    /// <summary>Id of the experiment that a window belongs to: the window's own without <c>_c&lt;k&gt;</c>.</summary>
    public static string OfExperiment(string windowId)
    {
        var cut = windowId.LastIndexOf("_c", StringComparison.Ordinal);
        return cut > 0 && cut + 2 < windowId.Length && windowId.AsSpan(cut + 2).IndexOfAnyExceptInRange('0', '9') < 0 ? windowId[..cut] : windowId;
    }

    /// <summary>A name as part of a file name: letters, digits, dot, underscore and hyphen stay, all else becomes a hyphen.</summary>
    public static string Sanitise(string name)
    {
        var kept = string.Concat(name.Select(c => IsAllowed(c) ? c : '-')).Trim('-', '.');
        return kept.Length == 0 ? "experiment" : kept[..Math.Min(kept.Length, LongestName)];
    }

    /// <summary>Whether a text can be an id: then it names a file inside the results directory and nowhere else.</summary>
    public static bool IsValid(string id) =>
        id.Length is > 0 and <= LongestId && char.IsAsciiLetterOrDigit(id[0]) && id.All(IsAllowed);

    /// <summary>Whether an id is of the form that lem gives: results of older tools may lie beside its own, under names of theirs.</summary>
    public static bool IsOurs(string id) => IsValid(id)
        && id.Length > TimeLength
        && DateTime.TryParseExact(id.AsSpan(0, TimeLength), TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
        && id[TimeLength] == '-';

    /// <exception cref="LemException">The text is no id.</exception>
    public static string Checked(string id) => IsValid(id)
        ? id
        : throw new LemException($"\"{id}\" is not an experiment id", "lem results list shows the ids there are.");

    static bool IsAllowed(char c) => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-';
}
