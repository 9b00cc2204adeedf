using Lem.Cli.Experiments;
using Lem.Core;
using Lem.Core.Configuration;
using Lem.Measurement.Engines.LlamaCpp.Synthetic;

namespace Lem.Cli.Models;

/// <summary>Puts a synthetic model where it is wanted: in lem's cache, or in a file of the user's choice.</summary>
/// <param name="force">An existing file is written anew.</param>
sealed class ModelCreation(CliHost host, SyntheticShape shape, bool force)
{
    /// <returns>Path in the cache; what is there and whole stays, unless forced.</returns>
    public async Task<string> CacheAsync(CancellationToken cancellationToken)
    {
        var cache = new SyntheticModelCache(ModelPreparation.CacheFolder(host), host.Time);
        if (force)
            Try(cache.PathOf(shape), File.Delete);
        return await cache.EnsureAsync(shape, progress: null, cancellationToken);
    }

    /// <returns>The path as it was given.</returns>
    /// <exception cref="ConfigException">The file exists already.</exception>
    /// <exception cref="LemException">There is no space or no permission.</exception>
    public async Task<string> WriteAsync(string file, CancellationToken cancellationToken)
    {
        var path = Path.GetFullPath(file, host.WorkingDirectory);
        if (Directory.Exists(path))
            throw new ConfigException([new("--output", $"{file} is a folder; name a file in it")]);
        if (File.Exists(path) && !force)
            throw new ConfigException([new("--output", $"{file} exists already; --force writes it anew")]);

        // Readers see a whole model or none.
        var temporary = $"{path}.tmp";
        try
        {
            await Task.Run(
                () => Try(path, _ =>
                {
                    Directory.CreateDirectory(Path.GetDirectoryName(path)!); // A file always has a folder.
                    SyntheticModelWriter.Write(shape, temporary, progress: null, cancellationToken);
                    File.Move(temporary, path, overwrite: true);
                }),
                cancellationToken);
            return file;
        }
        finally
        {
            if (File.Exists(temporary))
                Try(temporary, File.Delete);
        }
    }

    void Try(string path, Action<string> work)
    {
        try
        {
            work(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LemException(
                $"{path}: the synthetic model of {SyntheticModelWriter.LengthBytes(shape)} bytes cannot be written: {e.Message}",
                "Free space, or choose another place with -o.",
                e);
        }
    }
}
