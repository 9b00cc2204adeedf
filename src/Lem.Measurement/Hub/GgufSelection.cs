using System.Text.RegularExpressions;
using Lem.Core;
using Lem.Core.Configuration;

namespace Lem.Measurement.Hub;

/// <summary>Finds the one model that a reference means among the files of its repository.</summary>
static partial class GgufSelection
{
    /// <summary>The model's files, the first part first; one file where it is not split.</summary>
    /// <param name="files">All files of the repository, with forward slashes.</param>
    /// <exception cref="LemException">There is none, or more than one, or a part is missing.</exception>
    public static IReadOnlyList<string> Choose(GgufReference reference, IReadOnlyList<string> files)
    {
        string[] models = [.. files.Where(IsModel)];
        string[] meant = reference.NamesFile
            ? [.. models.Where(file => file == reference.Selector)]
            : [.. models.Where(file => Holds(file, reference.Selector))];
        return meant switch
        {
            [var file] => PartsOf(file, files),
            [] when models.Length == 0 => throw new LemException(
                $"{reference.Repository} holds no GGUF model", "Name a repository with .gguf files; models of other forms run on another backend (pytorch, vllm)."),
            [] => throw new LemException($"{reference.Repository} has no GGUF model {reference.Selector}", $"It has: {Listed(models)}."),
            _ => throw new LemException($"{reference.Repository} has {meant.Length} GGUF models with {reference.Selector} in their names", $"Name one of them after the colon: {Listed(meant)}."),
        };
    }

    // The first part stands for a split model. A projector of images (mmproj) and an importance matrix are no models.
    static bool IsModel(string file)
    {
        var name = file[(file.LastIndexOf('/') + 1)..];
        return name.EndsWith(".gguf", StringComparison.OrdinalIgnoreCase)
            && !name.StartsWith("mmproj", StringComparison.OrdinalIgnoreCase)
            && !name.Contains("imatrix", StringComparison.OrdinalIgnoreCase)
            && (Part().Match(name) is not { Success: true } part || part.Groups["part"].Value == "00001");
    }

    /// <summary>Whether a path has the quantisation as a word of its own: Q4_K is not in Q4_K_M, nor Q4_K_M in IQ4_K_M.</summary>
    static bool Holds(string file, string quantisation)
    {
        for (var at = -1; (at = file.IndexOf(quantisation, at + 1, StringComparison.OrdinalIgnoreCase)) >= 0;)
        {
            var end = at + quantisation.Length;
            if ((at == 0 || !char.IsAsciiLetterOrDigit(file[at - 1])) && (end == file.Length || !char.IsAsciiLetterOrDigit(file[end]) && file[end] != '_'))
                return true;
        }

        return false;
    }

    static string[] PartsOf(string first, IReadOnlyList<string> files)
    {
        if (Part().Match(first) is not { Success: true } match)
            return [first];
        var of = match.Groups["of"].Value;
        string[] parts = [.. Enumerable.Range(1, int.Parse(of, System.Globalization.CultureInfo.InvariantCulture)).Select(part => $"{first[..match.Index]}-{part:00000}-of-{of}.gguf")];
        return parts.FirstOrDefault(part => !files.Contains(part)) is { } missing
            ? throw new LemException($"the model {first} is incomplete: {missing} is missing", "Ask its author, or name another quantisation.")
            : parts;
    }

    static string Listed(string[] files) => string.Join(", ", files.Take(30)) + (files.Length > 30 ? $" and {files.Length - 30} more" : "");

    [GeneratedRegex(@"-(?<part>\d{5})-of-(?<of>\d{5})\.gguf\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Part();
}
