using System.Text;
using Lem.Measurement.Engines.LlamaCpp.Native;

namespace Lem.Measurement.Engines.LlamaCpp;

/// <summary>What llama.cpp says, kept in memory instead of printed: the last lines, and every warning and error once.</summary>
sealed class EngineLog
{
    const int KeptLines = 2_000;
    const int KeptTroubles = 50;

    // llama.cpp logs from whichever of its threads has something to say.
    readonly Lock _gate = new();
    readonly Queue<string> _lines = new();
    readonly List<string> _troubles = [];
    readonly HashSet<string> _told = [];
    readonly StringBuilder _line = new();
    LlamaLogLevel _level;

    /// <summary>Takes a piece of log: pieces make lines at their line breaks.</summary>
    public void Write(LlamaLogLevel level, string text)
    {
        lock (_gate)
        {
            if (level != LlamaLogLevel.Continue)
                _level = level;
            foreach (var letter in text)
            {
                if (letter == '\n')
                    EndLine();
                else
                    _line.Append(letter);
            }
        }
    }

    /// <summary>The last lines, oldest first, each with its level in front.</summary>
    public IReadOnlyList<string> Lines()
    {
        lock (_gate)
            return [.. _lines];
    }

    /// <summary>Warnings and errors not taken before, each text once.</summary>
    public IReadOnlyList<string> TakeTroubles()
    {
        lock (_gate)
        {
            string[] troubles = [.. _troubles];
            _troubles.Clear();
            return troubles;
        }
    }

    void EndLine()
    {
        var text = _line.ToString().Trim();
        _line.Clear();
        // Progress of loading is a row of dots.
        if (text.Trim('.').Length == 0)
            return;

        if (_lines.Count == KeptLines)
            _lines.Dequeue();
        _lines.Enqueue($"{Letter(_level)} {text}");
        if (_level is LlamaLogLevel.Warning or LlamaLogLevel.Error && !IsIntended(text) && _told.Count < KeptTroubles && _told.Add(text))
            _troubles.Add(text);
    }

    // We size the context for the run and not for the longest text the model could take.
    static bool IsIntended(string text) => text.Contains("< n_ctx_train", StringComparison.Ordinal);

    static char Letter(LlamaLogLevel level) => level switch
    {
        LlamaLogLevel.Debug => 'D',
        LlamaLogLevel.Warning => 'W',
        LlamaLogLevel.Error => 'E',
        _ => 'I',
    };
}
