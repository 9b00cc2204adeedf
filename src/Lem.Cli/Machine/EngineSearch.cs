using Lem.Core;
using Lem.Measurement.Engines.LlamaCpp;

namespace Lem.Cli.Machine;

/// <summary>Looks for every engine that a configuration can name.</summary>
/// <param name="embedded">Loads the embedded engine's library, or throws a <see cref="LemException"/> that says why not.</param>
sealed class EngineSearch(InstalledPrograms programs, Func<LlamaCppInstallation> embedded)
{
    const string Later = "lem drives llamacpp only in this version";

    public IReadOnlyList<FoundEngine> Find() =>
    [
        Embedded(),
        DrivenLater("pytorch", programs.Find("python3", "python"), "a Python interpreter"),
        DrivenLater("vllm", programs.Find("vllm"), "the program vllm"),
        DrivenLater("tensorrt", programs.Find("trtllm-serve"), "the program trtllm-serve"),
        DrivenLater("openai", location: null, program: null),
    ];

    FoundEngine Embedded()
    {
        try
        {
            var llama = embedded();
            return new(
                "llamacpp", true, $"llama.cpp {llama.Version}", llama.Folder,
                [.. llama.Devices.Select(device => $"{device.Name} ({device.Description})")], llama.Features, null, null);
        }
        catch (LemException e)
        {
            return new("llamacpp", false, null, null, [], [], e.Message, e.Hint);
        }
    }

    static FoundEngine DrivenLater(string name, string? location, string? program) => new(
        name, false, null, location, [], [],
        location is null && program is not null ? $"{program}; and {Later}" : Later,
        "Measure with backend: llamacpp (a .gguf file or a synthetic model).");
}
