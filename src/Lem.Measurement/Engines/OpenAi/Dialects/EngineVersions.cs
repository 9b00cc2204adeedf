using System.Globalization;
using Lem.Core.Configuration;
using Lem.Core.Configuration.Engines.Universes;
using Lem.Core.Results;

namespace Lem.Measurement.Engines.OpenAi.Dialects;

/// <summary>Whether an engine's version is one whose arguments lem's parameters are held against.</summary>
static class EngineVersions
{
    /// <summary>Null within the range, and where there is nothing to compare.</summary>
    public static Finding? Judge(Backend backend, string? version)
    {
        if (EngineUniverse.Of(backend) is not { } universe || Parse(version) is not { } found || Parse(universe.Earliest) is not { } earliest || Parse(universe.Version) is not { } latest)
            return null;
        if (found >= earliest && found <= latest)
            return null;
        var isOlder = found < earliest;
        return new(
            "engine_version_untested", FindingSeverity.Info,
            $"{universe.Engine} {version} is {(isOlder ? "older" : "newer")} than the versions that its parameters were held against ({universe.Earliest} to {universe.Version})", "load",
            isOlder ? $"It refuses arguments that were added since; {Older(backend)} What was taken stands under engine_effective."
                : $"Arguments may have been renamed or removed since ({universe.Date}): one it does not know ends its start, and what it takes beside them goes through {universe.Engine}.extra.");
    }

    static string Older(Backend backend) => backend == Backend.Vllm
        ? "its own that are gone (swap_space, num_scheduler_steps, max_seq_len_to_capture, lora_extra_vocab_size) go through vllm.extra."
        : "before 1.0 its default backend built an engine first, and its options had other names.";

    // 0.24.0rc1.dev5+g1234, 1.3.0rc4, 1.2.0.post1: numbers up to the first that is none.
    static Version? Parse(string? version)
    {
        var numbers = new List<int>();
        foreach (var part in (version ?? "").Split('.', '+', '-'))
        {
            var digits = part.AsSpan(0, part.AsSpan().IndexOfAnyExceptInRange('0', '9') is var end and >= 0 ? end : part.Length);
            if (!int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                break;
            numbers.Add(number);
            if (digits.Length < part.Length || numbers.Count == 3)
                break;
        }

        return numbers.Count < 2 ? null : new(numbers[0], numbers[1], numbers.ElementAtOrDefault(2));
    }
}
