using Lem.Core;

namespace Lem.Measurement.Load.Prompts;

/// <summary><c>builtin:starter</c>: one hundred prompts that ship with lem, for a first run and for tests; no data set of anybody's.</summary>
public static class StarterPrompts
{
    public const string Name = "builtin:starter";

    public static IReadOnlyList<Prompt> Read()
    {
        using var stream = typeof(StarterPrompts).Assembly.GetManifestResourceStream("starter-prompts.txt")
            ?? throw new LemException("the built-in prompts are missing from this build", "Rebuild lem.");
        using var reader = new StreamReader(stream);
        var prompts = new List<Prompt>();
        while (reader.ReadLine() is { } line)
            if (line.Length > 0)
                prompts.Add(new(line));
        return prompts;
    }
}
