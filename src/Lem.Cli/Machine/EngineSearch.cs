using Lem.Core;
using Lem.Measurement.Engines.LlamaCpp;

namespace Lem.Cli.Machine;

/// <summary>Looks for every engine that a configuration can name.</summary>
/// <param name="embedded">Loads the embedded engine's library, or throws a <see cref="LemException"/> that says why not.</param>
sealed class EngineSearch(InstalledPrograms programs, Func<LlamaCppInstallation> embedded)
{
    const string Later = "lem does not drive it in this version";

    public IReadOnlyList<FoundEngine> Find() =>
    [
        Embedded(),
        DrivenLater("pytorch", programs.Find("python3", "python"), "a Python interpreter"),
        Started("vllm", programs.Find("vllm"), "vllm", "vllm"),
        Started("tensorrt", programs.Find("trtllm-serve"), "trtllm-serve", "tensorrt-llm"),
        new("openai", true, null, null, [], ["any server with its interface, by address (--url) or command"], null, null),
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

    static FoundEngine Started(string name, string? location, string program, string package) => location is not null
        ? new(name, true, null, location, [], [], null, null)
        : new(name, false, null, null, [], [], $"the program {program}", $"pip install {package}; or name a server that is up: --backend {name} --url http://127.0.0.1:8000");

    static FoundEngine DrivenLater(string name, string? location, string? program) => new(
        name, false, null, location, [], [],
        location is null && program is not null ? $"{program}; and {Later}" : Later,
        "Measure with backend: llamacpp (a .gguf file or a synthetic model).");
}
