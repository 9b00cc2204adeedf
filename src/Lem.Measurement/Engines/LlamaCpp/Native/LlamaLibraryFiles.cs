using System.Runtime.InteropServices;

namespace Lem.Measurement.Engines.LlamaCpp.Native;

/// <summary>The three libraries of one llama.cpp build, side by side in a folder together with its backends.</summary>
sealed record LlamaLibraryFiles(string Folder, string Llama, string Ggml, string GgmlBase)
{
    /// <summary>The build in this folder (or beside this file), or null where a part is missing.</summary>
    public static LlamaLibraryFiles? At(string path)
    {
        var folder = File.Exists(path) ? Path.GetDirectoryName(Path.GetFullPath(path)) : path;
        if (folder is null || !Directory.Exists(folder))
            return null;

        var names = Directory.EnumerateFiles(folder).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal).ToArray();
        return (Find(names, "llama"), Find(names, "ggml"), Find(names, "ggml-base")) is ({ } llama, { } ggml, { } ggmlBase)
            ? new(folder, Path.Combine(folder, llama), Path.Combine(folder, ggml), Path.Combine(folder, ggmlBase))
            : null;
    }

    /// <summary>Folders in which a distribution puts its libraries.</summary>
    public static IEnumerable<string> SystemFolders()
    {
        var machine = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "aarch64" : "x86_64";
        return ["/usr/local/lib", $"/usr/lib/{machine}-linux-gnu", "/usr/lib64", "/usr/lib"];
    }

    // libllama.so, libllama.v0.5.0.so, libllama.so.0, libllama.dylib, llama.dll; but for "ggml" not libggml-base.so.
    static string? Find(string[] names, string stem) => names.FirstOrDefault(name =>
    {
        var rest = name.StartsWith($"lib{stem}.", StringComparison.Ordinal) ? name[(stem.Length + 3)..]
            : name.StartsWith($"{stem}.", StringComparison.Ordinal) ? name[stem.Length..]
            : "";
        return rest.EndsWith(".so", StringComparison.Ordinal) || rest.StartsWith(".so.", StringComparison.Ordinal)
            || rest.EndsWith(".dylib", StringComparison.Ordinal) || rest is ".dll";
    });
}
