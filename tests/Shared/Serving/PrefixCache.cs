namespace Lem.Tests.Shared.Serving;

/// <summary>Which beginnings of prompts have been seen, in blocks of <see cref="MockOptions.BlockTokens"/> tokens; nothing is ever evicted.</summary>
sealed class PrefixCache
{
    readonly HashSet<ulong> _blocks = [];
    readonly Lock _lock = new();

    /// <summary>Tokens at the prompt's beginning that were cached, and the prompt's full blocks are from now on.</summary>
    public int Lookup(IReadOnlyList<int> prompt)
    {
        lock (_lock)
        {
            var hash = 14695981039346656037; // FNV-1a over all tokens so far: a block counts only behind the same beginning.
            var cached = 0;
            for (var i = 0; i < prompt.Count; i++)
            {
                hash = (hash ^ (uint)prompt[i]) * 1099511628211;
                if ((i + 1) % MockOptions.BlockTokens == 0 && !_blocks.Add(hash) && cached == i + 1 - MockOptions.BlockTokens)
                    cached = i + 1;
            }

            // The last token is always computed, as in vLLM: without it there is nothing to continue from.
            return Math.Min(cached, (prompt.Count - 1) / MockOptions.BlockTokens * MockOptions.BlockTokens);
        }
    }

    public void Empty()
    {
        lock (_lock)
            _blocks.Clear();
    }
}
