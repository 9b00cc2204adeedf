using System.Globalization;
using Lem.Cli.Terminal;
using Lem.Core;
using Lem.Core.Configuration;
using Lem.Measurement.Engines.LlamaCpp.Gguf;
using Lem.Measurement.Engines.LlamaCpp.Synthetic;

namespace Lem.Cli.Experiments;

/// <summary>Brings the model a configuration names onto this machine, before anything is measured.</summary>
sealed class ModelPreparation(CliHost host, Messages messages)
{
    /// <summary>Everything that can be known of the model before it is loaded: it is there, it is a model, and its precision is as configured.</summary>
    /// <exception cref="ConfigException">The shape or the precision is wrong.</exception>
    /// <exception cref="LemException">There is no such file, or it is no model.</exception>
    public static void Check(ExperimentConfig config, string folder)
    {
        if (SyntheticShape.IsSynthetic(config.ModelName))
            ShapeOf(config);
        else
            Find(config, folder);
    }

    /// <summary>Path of the model's GGUF file; a synthetic model is made if it is not in the cache yet.</summary>
    /// <param name="folder">What a relative path counts from.</param>
    public async Task<string> EnsureAsync(ExperimentConfig config, string folder, CancellationToken cancellationToken)
    {
        if (SyntheticShape.IsSynthetic(config.ModelName))
            return await EnsureSyntheticAsync(ShapeOf(config), cancellationToken);

        return Find(config, folder);
    }

    static string Find(ExperimentConfig config, string folder)
    {
        var path = Path.GetFullPath(Path.Combine(folder, config.ModelName));
        if (File.Exists(path))
        {
            CheckPrecision(config, GgufModelFacts.From(GgufReader.Read(path)));
            return path;
        }

        throw config.ModelName.Contains(':', StringComparison.Ordinal)
            ? new LemException($"{config.ModelName}: models are not downloaded by this version yet", "Download the .gguf file and give its path: --model path/to/model.gguf.")
            : new LemException($"{config.ModelName}: there is no such file", "Check the path; it counts from the working directory. lem model create makes models with dummy weights.");
    }

    /// <summary>The shape a configuration names; <c>fp_precision</c> chooses the type of the weights where the name does not.</summary>
    /// <exception cref="ConfigException">The name is no shape, or contradicts <c>fp_precision</c>.</exception>
    public static SyntheticShape ShapeOf(ExperimentConfig config)
    {
        var name = config.ModelName;
        var given = TypeOf(config.FpPrecision);
        if (given is not null && !name.Contains("dtype=", StringComparison.Ordinal))
            name += (name.Contains('?', StringComparison.Ordinal) ? "&" : "?") + $"dtype={given}";

        var (shape, errors) = SyntheticShape.Parse(name, "model_name");
        if (shape is null)
            throw new ConfigException(errors);
        if (given is not null && shape.DataType.Name != given)
            throw new ConfigException([new("fp_precision", $"is {given}, but model_name asks for weights in {shape.DataType.Name}; give one of the two")]);
        return shape;
    }

    /// <summary>What tells a model's file from another of the same name: its length and when it was written. Null for synthetic models.</summary>
    public static string? RevisionOf(ExperimentConfig config, string folder)
    {
        var file = new FileInfo(Path.Combine(folder, config.ModelName));
        return SyntheticShape.IsSynthetic(config.ModelName) || !file.Exists
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"{file.Length} bytes, modified {file.LastWriteTimeUtc:O}");
    }

    // The file's weights are what they are: another precision in the configuration would be a wrong label on the result.
    static void CheckPrecision(ExperimentConfig config, GgufModelFacts facts)
    {
        if (TypeOf(config.FpPrecision) is not { } given)
            return;
        var weights = facts.WeightTypes;
        if (weights.Count > 0 && weights[0].Key != given)
            throw new ConfigException([new("fp_precision", $"is {given}, but the weights of {config.ModelName} are {weights[0].Key}; leave fp_precision out, or name another file")]);
    }

    static string? TypeOf(Precision? precision) => precision switch
    {
        Precision.Float32 => "f32",
        Precision.Float16 => "f16",
        Precision.Bfloat16 => "bf16",
        _ => null,
    };

    /// <summary>Where models that lem makes are kept.</summary>
    public static string CacheFolder(CliHost host) => Path.Combine(UserFolders.Cache(host), "models");

    async Task<string> EnsureSyntheticAsync(SyntheticShape shape, CancellationToken cancellationToken)
    {
        var cache = new SyntheticModelCache(CacheFolder(host), host.Time);
        if (!File.Exists(cache.PathOf(shape)))
            messages.Note($"making the synthetic model {shape.Name} ({shape.DataType.Name}, {SyntheticModelWriter.LengthBytes(shape) >> 20} MiB, once)…");
        return await cache.EnsureAsync(shape, progress: null, cancellationToken);
    }
}
