using System.Globalization;

namespace Lem.Benchmarks;

/// <summary>What <see cref="EngineOverhead"/> runs.</summary>
/// <param name="Model">A synthetic shape or a <c>.gguf</c> file.</param>
/// <param name="Threads">Null = the visible physical cores.</param>
sealed record EngineOverheadOptions(string Model, int Batch, int Prompt, int Output, int Rounds, int? Threads, bool KeepThreads)
{
    /// <summary>Reads <c>--name value</c> pairs; null, and a message on stderr, where they cannot be read.</summary>
    public static EngineOverheadOptions? Parse(string[] arguments)
    {
        var options = new EngineOverheadOptions("synthetic:15m", Batch: 1, Prompt: 256, Output: 128, Rounds: 15, Threads: null, KeepThreads: true);
        for (var i = 0; i + 1 < arguments.Length; i += 2)
        {
            var (name, value) = (arguments[i], arguments[i + 1]);
            int.TryParse(value, CultureInfo.InvariantCulture, out var number);
            options = (name, number) switch
            {
                ("--model", _) => options with { Model = value },
                ("--batch", > 0) => options with { Batch = number },
                ("--prompt", > 0) => options with { Prompt = number },
                ("--output", > 1) => options with { Output = number },
                ("--rounds", > 0) => options with { Rounds = number },
                ("--threads", > 0) => options with { Threads = number },
                ("--keep-threads", _) => options with { KeepThreads = value != "false" },
                _ => null,
            };
            if (options is null)
                break;
        }

        if (options is null || arguments.Length % 2 != 0)
        {
            Console.Error.WriteLine("p1 [--model synthetic:15m] [--batch 1] [--prompt 256] [--output 128] [--rounds 15] [--threads n] [--keep-threads true]");
            return null;
        }

        return options;
    }
}
