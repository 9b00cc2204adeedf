using Lem.Core;
using Lem.Core.Configuration;
using Lem.Measurement.Engines.LlamaCpp.Gguf;
using Lem.Measurement.Engines.LlamaCpp.Synthetic;

namespace Lem.Cli.Models;

/// <summary>Finds the head of a GGUF model: read from a file, or known from a shape without making one.</summary>
static class ModelSource
{
    /// <exception cref="ConfigException">It is no shape and no file.</exception>
    /// <exception cref="LemException">The file is damaged or cannot be read.</exception>
    public static GgufFile Open(string model, string folder)
    {
        if (SyntheticShape.IsSynthetic(model))
        {
            var (shape, errors) = SyntheticShape.Parse(model, "MODEL");
            return shape is not null ? SyntheticModelWriter.FileOf(shape) : throw new ConfigException(errors);
        }
        var path = Path.GetFullPath(model, folder);
        return File.Exists(path)
            ? GgufReader.Read(path)
            : throw new ConfigException([new("MODEL", $"{model}: there is no such file; it must be a .gguf file or synthetic:<shape> (models of a hub are not fetched by this version)")]);
    }
}
