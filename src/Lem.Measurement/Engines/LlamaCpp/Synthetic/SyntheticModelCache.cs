using Lem.Core;
using Lem.Core.Results.Storage;
using Lem.Measurement.Engines.LlamaCpp.Gguf;

namespace Lem.Measurement.Engines.LlamaCpp.Synthetic;

/// <summary>Writes each synthetic model once into a folder: under a lock, as a temporary file that is renamed when whole.</summary>
/// <param name="folder">Created where missing.</param>
/// <param name="time">Paces the wait for another process that writes the same model.</param>
/// <param name="freeBytes">Space left where the folder lies, or null where it cannot be told.</param>
public sealed class SyntheticModelCache(string folder, TimeProvider time, Func<string, long?>? freeBytes = null)
{
    readonly Func<string, long?> _freeBytes = freeBytes ?? FreeBytesAt;

    /// <summary>Where the model of this shape is or will be.</summary>
    public string PathOf(SyntheticShape shape) => Path.Combine(folder, shape.FileName);

    /// <summary>Path of a whole and valid file of this shape, written now if need be.</summary>
    /// <param name="progress">Told the fraction written; never called where the file is already there.</param>
    public async Task<string> EnsureAsync(SyntheticShape shape, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var path = PathOf(shape);
        if (IsWhole(path, shape))
            return path;

        try
        {
            Directory.CreateDirectory(folder);
            using var held = await FileLock.HoldAsync(path, time, patience: null, cancellationToken);
            // Another process may have written it while this one waited.
            if (!IsWhole(path, shape))
                await Task.Run(() => Write(shape, path, progress, cancellationToken), cancellationToken);
            return path;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LemException(
                $"{path}: the synthetic model of {SyntheticModelWriter.LengthBytes(shape)} bytes cannot be written: {e.Message}",
                "Free space or permissions in the cache folder, or choose another one by XDG_CACHE_HOME.",
                e);
        }
    }

    void Write(SyntheticShape shape, string path, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var needed = SyntheticModelWriter.LengthBytes(shape);
        if (_freeBytes(folder) is { } free && free < needed)
        {
            throw new LemException(
                $"{folder}: {SyntheticShape.Scheme}{shape.Name} needs {needed} bytes, but only {free} are free",
                "Free some space, choose a smaller shape, or another cache folder by XDG_CACHE_HOME.");
        }

        // One name for all attempts: what a killed process left is overwritten, not collected. The lock keeps writers apart.
        var temporary = path + ".tmp";
        try
        {
            SyntheticModelWriter.Write(shape, temporary, progress, cancellationToken);
            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>Head readable, made from this shape, and nothing missing or added at the end.</summary>
    static bool IsWhole(string path, SyntheticShape shape)
    {
        if (!File.Exists(path))
            return false;
        try
        {
            var file = GgufReader.Read(path);
            var end = file.Tensors.Max(tensor => tensor.Offset + (tensor.Bytes ?? 0));
            return file.TextAt(SyntheticModelWriter.ShapeKey) == shape.Canonical
                && file.Tensors.Count == SyntheticTensors.Of(shape).Count
                && file.LengthBytes == GgufReader.AlignUp(file.DataOffset + end, GgufWriter.Alignment);
        }
        catch (LemException)
        {
            // Damaged: it is written anew, and if it cannot be, that is what is told.
            return false;
        }
    }

    static long? FreeBytesAt(string folder) => new DriveInfo(Path.GetFullPath(folder)).AvailableFreeSpace;
}
