using System.Globalization;
using Lem.Cli.Hub;
using Lem.Cli.Terminal;
using Lem.Core;
using Lem.Core.Configuration;
using Lem.Measurement.Engines.LlamaCpp.Gguf;
using Lem.Measurement.Engines.LlamaCpp.Synthetic;

namespace Lem.Cli.Experiments;

/// <summary>Finds the model a configuration names, and brings it onto this machine, before anything is measured.</summary>
sealed class ModelPreparation(CliHost host, Messages messages, bool isQuiet)
{
    /// <summary>Everything that can be known of the model before it is loaded or fetched: it is there, it is a model, and its precision is as configured.</summary>
    /// <param name="folder">What a relative path counts from.</param>
    /// <param name="commit">The state of the hub's repository that is meant; null = as configured.</param>
    /// <returns>Null where a server has the model.</returns>
    /// <exception cref="ConfigException">The shape or the precision is wrong.</exception>
    /// <exception cref="LemException">There is no such file or repository, or it is no model.</exception>
    public async Task<FoundModel?> FindAsync(ExperimentConfig config, string folder, string? commit, CancellationToken cancellationToken)
    {
        if (BackendRule.IsServer(config.ResolvedBackend))
            return null;
        if (SyntheticShape.IsSynthetic(config.ModelName))
        {
            ShapeOf(config);
            return new FoundModel(Revision: null);
        }

        // A file of this machine comes first, whatever its name looks like.
        if (File.Exists(Path.Combine(folder, config.ModelName)) || GgufReference.Parse(config.ModelName) is not { } reference)
        {
            var path = FileOf(config, folder);
            return new FoundModel(RevisionOf(path), path);
        }

        using var hub = new HubAccess(host, messages, isQuiet);
        var model = await hub.Models.FindAsync(reference, commit ?? config.ModelRevision, cancellationToken);
        return new FoundModel($"commit {model.Commit}", OfHub: model);
    }

    /// <summary>The model's file on this machine: a synthetic model is made if it is not in the cache yet, one of the hub is fetched.</summary>
    public async Task<PreparedModel> EnsureAsync(FoundModel found, ExperimentConfig config, CancellationToken cancellationToken)
    {
        if (found.File is { } path)
            return new(path, Revision: null);
        if (found.OfHub is not { } model)
            return new(await EnsureSyntheticAsync(ShapeOf(config), cancellationToken), Revision: null);

        using var hub = new HubAccess(host, messages, isQuiet);
        var file = await hub.Models.EnsureAsync(model, hub.Progress, cancellationToken);
        CheckPrecision(config, GgufModelFacts.From(GgufReader.Read(file.Path)));
        return new(file.Path, file.Etag is { } etag ? $"{found.Revision}, etag {etag}" : found.Revision);
    }

    static string FileOf(ExperimentConfig config, string folder)
    {
        var path = Path.GetFullPath(Path.Combine(folder, config.ModelName));
        if (!File.Exists(path))
            throw new LemException($"{config.ModelName}: there is no such file", "Check the path; it counts from the working directory. org/repo:Q4_K_M names a model of Hugging Face; lem model create makes models with dummy weights.");
        CheckPrecision(config, GgufModelFacts.From(GgufReader.Read(path)));
        return path;
    }

    static string RevisionOf(string path)
    {
        var file = new FileInfo(path);
        file = file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file;
        return string.Create(CultureInfo.InvariantCulture, $"{file.Length} bytes, modified {file.LastWriteTimeUtc:O}");
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
