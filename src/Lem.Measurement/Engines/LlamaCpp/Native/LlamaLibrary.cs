using System.Runtime.InteropServices;
using Lem.Core;

namespace Lem.Measurement.Engines.LlamaCpp.Native;

/// <summary>llama.cpp in this process: found, its layout checked, its backends registered. There is one, and it stays until the process ends.</summary>
sealed unsafe class LlamaLibrary
{
    /// <summary>Names a folder with another build of the same version: one with CUDA, Vulkan or Metal.</summary>
    public const string PathVariable = "LEM_LLAMA_LIBRARY";

    /// <summary>The version whose structs and functions are declared here.</summary>
    public const string WantedVersion = "0.5.0";

    static readonly Lock Gate = new();

    // Native libraries are the process' own: they load once, keep their backends and their log callback, and cannot be unloaded.
    static LlamaLibrary? _loaded;
    static Dictionary<string, nint>? _handles;

    LlamaLibrary(string folder, EngineLog log)
    {
        Folder = folder;
        Log = log;
        Version = $"{Text(LlamaNative.Version())} (ggml {Text(GgmlNative.Version())}, {Text(GgmlNative.Commit())})";
        SystemInfo = Text(LlamaNative.PrintSystemInfo()) ?? "";
        Devices = [.. Enumerable.Range(0, (int)GgmlNative.DeviceCount()).Select(i => GgmlDevice.Of(GgmlNative.DeviceGet((nuint)i)))];
    }

    public string Folder { get; }

    public string Version { get; }

    /// <summary>Instruction sets and features the backends use here.</summary>
    public string SystemInfo { get; }

    public IReadOnlyList<GgmlDevice> Devices { get; }

    public EngineLog Log { get; }

    /// <summary>Loads the library: <see cref="PathVariable"/>, else beside the program, else the system's where its version is the wanted one.</summary>
    /// <exception cref="LemException">There is none, or it is another version.</exception>
    public static LlamaLibrary Load() => Load(Environment.GetEnvironmentVariable(PathVariable), Path.Combine(AppContext.BaseDirectory, "llama"));

    static LlamaLibrary Load(string? fromEnvironment, string besideProgram)
    {
        lock (Gate)
            return _loaded ??= Load(Find(fromEnvironment, besideProgram, LlamaLibraryFiles.SystemFolders()));
    }

    internal static LlamaLibraryFiles Find(string? fromEnvironment, string besideProgram, IEnumerable<string> systemFolders)
    {
        if (!string.IsNullOrEmpty(fromEnvironment))
        {
            return LlamaLibraryFiles.At(fromEnvironment) ?? throw new LemException(
                $"{PathVariable} is {fromEnvironment}, but libllama, libggml and libggml-base are not all there",
                $"Let it name the folder of a llama.cpp {WantedVersion} build, or unset it.");
        }

        return LlamaLibraryFiles.At(besideProgram)
            ?? systemFolders.Select(LlamaLibraryFiles.At).FirstOrDefault(files => files is not null)
            ?? throw new LemException(
                $"the embedded engine's library, llama.cpp {WantedVersion}, is not installed: nothing in {besideProgram}",
                $"Install npm (Node.js 20 or later) and build again, or let {PathVariable} name the folder of such a build.");
    }

    static LlamaLibrary Load(LlamaLibraryFiles files)
    {
        Resolve(files);
        CheckVersion(files.Folder);

        var log = new EngineLog();
        var data = (void*)GCHandle.ToIntPtr(GCHandle.Alloc(log));
        GgmlNative.LogSet(&OnLog, data);
        LlamaNative.LogSet(&OnLog, data);
        GgmlNative.LoadAllFromPath(files.Folder);
        LlamaNative.BackendInit();
        if (GgmlNative.DeviceCount() == 0)
        {
            throw new LemException(
                $"llama.cpp in {files.Folder} has no backend for this machine: {string.Join(" | ", log.Lines().TakeLast(3))}",
                "Use a build for this processor.");
        }

        return new(files.Folder, log);
    }

    // The base first, and all before llama.cpp itself, which needs them (reference: llama.cpp 0.5.0 as shipped for Node).
    static void Resolve(LlamaLibraryFiles files)
    {
        var isFirst = _handles is null;
        try
        {
            _handles = new()
            {
                [GgmlNative.Base] = NativeLibrary.Load(files.GgmlBase),
                [GgmlNative.Registry] = NativeLibrary.Load(files.Ggml),
                [LlamaNative.Library] = NativeLibrary.Load(files.Llama),
            };
        }
        catch (Exception e) when (e is DllNotFoundException or BadImageFormatException)
        {
            throw new LemException(
                $"llama.cpp in {files.Folder} cannot be loaded: {e.Message}",
                "It needs glibc 2.34 or later, libstdc++, and this processor's architecture.",
                e);
        }

        if (isFirst)
            NativeLibrary.SetDllImportResolver(typeof(LlamaLibrary).Assembly, static (name, _, _) => _handles?.GetValueOrDefault(name) ?? 0);
    }

    static void CheckVersion(string folder)
    {
        var found = "unknown (it has no llama_version)";
        IReadOnlyList<string> differences = [];
        try
        {
            found = Text(LlamaNative.Version()) ?? found;
            differences = LlamaLayout.Differences(LlamaNative.ModelDefaultParams().Model, LlamaNative.ContextDefaultParams().Context);
        }
        catch (EntryPointNotFoundException)
        {
            // An older build: refused below for its version.
        }

        if (found.StartsWith(WantedVersion, StringComparison.Ordinal) && differences.Count == 0)
            return;
        throw new LemException(
            $"llama.cpp in {folder} is version {found}, wanted {WantedVersion}"
                + (differences.Count == 0 ? "" : $"; its parameters are laid out differently: {string.Join("; ", differences.Take(3))}"),
            $"Use the pinned build (npm, then build again), or let {PathVariable} name one of llama.cpp {WantedVersion}.");
    }

    internal static string? Text(byte* text) => Marshal.PtrToStringUTF8((nint)text);

    [UnmanagedCallersOnly]
    static void OnLog(LlamaLogLevel level, byte* text, void* data)
    {
        if (GCHandle.FromIntPtr((nint)data).Target is EngineLog log)
            log.Write(level, Text(text) ?? "");
    }
}
