using System.Text;
using Lem.Core.Configuration;

namespace Lem.Measurement.Load.Prompts;

/// <summary>Prompts of chosen lengths made of common words: the same seed gives the same prompts for every engine.</summary>
static class SyntheticPrompts
{
    // Short common English words: about one token each in subword vocabularies, and enough of them that no two prompts agree by chance.
    static readonly string[] Words =
    [
        "time", "year", "people", "way", "day", "man", "thing", "woman", "life", "child", "world", "school", "state", "family", "student",
        "group", "country", "problem", "hand", "part", "place", "case", "week", "company", "system", "program", "question", "work", "number",
        "night", "point", "home", "water", "room", "mother", "area", "money", "story", "fact", "month", "lot", "right", "study", "book", "eye",
        "job", "word", "business", "issue", "side", "kind", "head", "house", "service", "friend", "father", "power", "hour", "game", "line",
        "end", "member", "law", "car", "city", "name", "team", "minute", "idea", "body", "back", "parent", "face", "level", "office", "door",
        "health", "person", "art", "war", "history", "party", "result", "change", "morning", "reason", "research", "girl", "guy", "moment",
        "air", "teacher", "force", "order", "plan", "river", "road", "stone", "tree", "wind",
    ];

    /// <summary>Makes prompts whose exact token counts the load cuts to; the text is long enough for any tokenizer.</summary>
    /// <param name="sharedPrefix">Share of every prompt (0–1) that is the same in all of them.</param>
    public static IReadOnlyList<Prompt> Create(int count, TokenLengths input, TokenLengths? output, double sharedPrefix, ulong seed)
    {
        var lengths = new SplitMix64(SplitMix64.Derive(seed, 0));
        var inputLength = new TokenLength(input);
        var outputLength = output is null ? null : new TokenLength(output);
        var prompts = new Prompt[count];
        for (var i = 0; i < count; i++)
        {
            var tokens = inputLength.Draw(lengths);
            var shared = (int)Math.Round(tokens * Math.Clamp(sharedPrefix, 0, 1));
            var text = WordsOf(shared, SplitMix64.Derive(seed, 1)) + WordsOf(tokens - shared, SplitMix64.Derive(seed, 2 + (ulong)i));
            prompts[i] = new(text, tokens, outputLength?.Draw(lengths));
        }

        return prompts;
    }

    // No tokenizer in use makes less than one token of one word, so `tokens` words are always enough to cut from.
    static string WordsOf(int tokens, ulong seed)
    {
        var random = new SplitMix64(seed);
        var text = new StringBuilder();
        for (var i = 0; i < tokens; i++)
            text.Append(Words[random.Below(Words.Length)]).Append(' ');
        return text.ToString();
    }
}
