using Lem.Cli.Hub;
using Lem.Cli.Terminal;
using Lem.Core;
using Lem.Core.Configuration;
using Lem.Measurement.Engines.LlamaCpp.Gguf;
using Lem.Measurement.Engines.LlamaCpp.Synthetic;

namespace Lem.Cli.Models;

/// <summary>Finds the head of a GGUF model: read from a file, from the beginning of one on the hub, or known from a shape without making one.</summary>
sealed class ModelSource(CliHost host, Messages messages)
{
    /// <param name="revision">Commit, tag or branch of a repository; null = main.</param>
    /// <exception cref="ConfigException">It is no shape, no file and no reference to one.</exception>
    /// <exception cref="LemException">The file is damaged, cannot be read, or is out of reach.</exception>
    public async Task<GgufFile> OpenAsync(string model, string? revision, CancellationToken cancellationToken)
    {
        if (SyntheticShape.IsSynthetic(model))
        {
            var (shape, errors) = SyntheticShape.Parse(model, "MODEL");
            return shape is not null ? SyntheticModelWriter.FileOf(shape) : throw new ConfigException(errors);
        }
        var path = Path.GetFullPath(model, host.WorkingDirectory);
        if (File.Exists(path))
            return GgufReader.Read(path);
        if (GgufReference.Parse(model) is not { } reference)
            throw new ConfigException([new("MODEL", $"{model}: there is no such file; it must be a .gguf file, org/repo:file.gguf or org/repo:Q4_K_M on Hugging Face, or synthetic:<shape>")]);

        using var hub = new HubAccess(host, messages);
        var found = await hub.Models.FindAsync(reference, revision, cancellationToken);
        return await hub.Models.ReadHeadAsync(found, stream => GgufReader.Read(stream, model), cancellationToken);
    }
}
