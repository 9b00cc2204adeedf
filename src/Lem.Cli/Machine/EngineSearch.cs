using Lem.Core;
using Lem.Measurement.Engines.LlamaCpp;
using Lem.Measurement.Launching;

namespace Lem.Cli.Machine;

/// <summary>Looks for every engine that a configuration can name.</summary>
/// <param name="embedded">Loads the embedded engine's library, or throws a <see cref="LemException"/> that says why not.</param>
/// <param name="containers">Engine → what its container offers; null = not looked at.</param>
sealed class EngineSearch(ProgramPath programs, Func<LlamaCppInstallation> embedded, IReadOnlyDictionary<string, ContainerOffer>? containers = null)
{
    const string Later = "lem does not drive it in this version";

    /// <summary>Engines that have a service in the compose file that comes with lem.</summary>
    public static readonly IReadOnlyList<string> Services = ["vllm", "tensorrt"];

    public IReadOnlyList<FoundEngine> Find() =>
    [
        Embedded(),
        DrivenLater("pytorch", programs.Find("python3") ?? programs.Find("python"), "a Python interpreter"),
        Server("vllm", "vllm", "vllm"),
        Server("tensorrt", "trtllm-serve", "tensorrt-llm"),
        // Any program can be one: there is nothing to look for.
        new("openai", true, null, null, [], [], null, null)
        {
            Places = ["any server with the OpenAI interface: at its address (--url), or started by lem (server.command), here or in a service of your own compose file"],
        },
    ];

    FoundEngine Server(string name, string program, string package)
    {
        var location = programs.Find(program);
        var container = containers?.GetValueOrDefault(name);
        List<string> places =
        [
            .. location is null ? (string[])[] : [$"here, as {location}"],
            .. container?.Place is { } place ? (string[])[$"in a container: {place}"] : [],
        ];
        if (places.Count > 0)
            return new(name, true, null, location, [], [], null, null) { Places = [.. places, "at the address of one that is up (--url)"] };
        return new(
            name, false, null, null, [], [], $"the program {program}; in a container: {container?.Problem ?? "not looked at"}",
            $"Install {program} (pip install {package}), or measure one that is up: --url http://127.0.0.1:8000.{(container?.Fix is { } fix ? $" For a container: {fix}" : "")}");
    }

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
        "Measure with backend: llamacpp (a .gguf file or a synthetic model), or a server.");
}
