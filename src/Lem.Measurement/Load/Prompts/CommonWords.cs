using System.Text;

namespace Lem.Measurement.Load.Prompts;

/// <summary>Text without meaning, made of common words.</summary>
static class CommonWords
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

    /// <summary>
    /// So many words, each with a space behind it: at least as many tokens, since no tokenizer in use makes less than one of one word. The text
    /// of fewer words from the same seed is its beginning.
    /// </summary>
    public static string Text(int words, ulong seed)
    {
        var random = new SplitMix64(seed);
        var text = new StringBuilder();
        for (var i = 0; i < words; i++)
            text.Append(Words[random.Below(Words.Length)]).Append(' ');
        return text.ToString();
    }
}
