using System.Security.Cryptography;
using System.Text;
using Lem.Core;
using Lem.Core.Configuration;
using Lem.Measurement.Load.Traces;

namespace Lem.Measurement.Load.Prompts;

/// <summary>The prompts of one experiment in their order, and those set aside for warm-up.</summary>
/// <param name="Source">Where they come from: <c>builtin:starter</c>, a path, <c>synthetic</c>, a data set.</param>
/// <param name="Measured">Prompts of the measured window, in order.</param>
/// <param name="Spare">Prompts of the same source that are not measured; warm-up takes them from here.</param>
/// <param name="Revision">Commit of the data set they come from; null where a source has no revisions.</param>
public sealed record PromptSet(string Source, IReadOnlyList<Prompt> Measured, IReadOnlyList<Prompt> Spare, string? Revision = null)
{
    /// <summary>The trace whose times their requests follow; null where they follow none.</summary>
    public RecordedTrace? Arrivals { get; init; }

    /// <summary>SHA-256 over the measured prompts in order, and a trace's times, hexadecimal: equal hash, equal workload.</summary>
    public string Hash()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var prompt in Measured)
        {
            var text = prompt.Text;
            hash.AppendData(Encoding.UTF8.GetBytes($"{text.Length}:{prompt.InputTokens}:{prompt.OutputTokens}:"));
            hash.AppendData(Encoding.UTF8.GetBytes(text));
        }

        foreach (var row in Arrivals?.Rows.Take(Measured.Count) ?? [])
            hash.AppendData(BitConverter.GetBytes(row.Offset.Ticks));

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>The same prompts, sorted where the order says so; equal lengths stay as they were.</summary>
    public PromptSet InOrder(PromptOrder order) => order is PromptOrder.ByLength ? this with { Measured = [.. Measured.OrderBy(prompt => prompt.Text.Length)] } : this;

    /// <summary>
    /// Takes the first <paramref name="count"/> of a source (all of it when null); warm-up draws on the rest, from its end.
    /// </summary>
    /// <exception cref="LemException">The source holds fewer prompts than asked for.</exception>
    public static PromptSet Take(string source, IReadOnlyList<Prompt> all, int? count)
    {
        if (all.Count == 0)
            throw new LemException($"{source} holds no prompts", "Name a source with at least one prompt: --prompts FILE or -d builtin:starter.");
        if (count is { } wanted && wanted > all.Count)
            throw new LemException($"{source} holds {all.Count} prompts, but {wanted} were asked for", $"Ask for at most {all.Count} (-n {all.Count}), or name a larger source.");

        var taken = count ?? all.Count;
        return new(source, [.. all.Take(taken)], [.. all.Skip(taken).Reverse()]);
    }
}
