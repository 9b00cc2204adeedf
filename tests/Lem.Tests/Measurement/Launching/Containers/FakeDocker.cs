using System.Runtime.Versioning;
using Lem.Measurement.Launching.Containers;

namespace Lem.Tests.Measurement.Launching.Containers;

/// <summary>A script named docker: it writes down the words it is called with, and runs on this machine what was to run in a container.</summary>
[SupportedOSPlatform("linux")]
sealed class FakeDocker : IDisposable
{
    // As Docker does: what is started leads a session of its own, and knows only the variables it was given by name.
    const string Script =
        """
        #!/bin/sh
        folder=$(dirname "$0")
        { printf '%s\n' "$@"; echo; } >> "$folder/calls"
        [ ! -f "$folder/failure" ] || { cat "$folder/failure" >&2; exit 1; }
        [ ! -f "$folder/silence" ] || exec sleep 600
        [ "$1" != compose ] || [ ! -f "$folder/no-compose" ] || { echo "unknown flag" >&2; exit 125; }
        case "$*" in
            "context inspect"*) echo "unix:///fake.sock" ;;
            "version"*) echo 28.0.0 ;;
            "compose version"*) echo 2.40.0 ;;
            "image inspect"*) cat "$folder/image" 2>/dev/null || { echo "No such image: $5" >&2; exit 1; } ;;
            "inspect"*) echo sha256:of-container ;;
            *" up "*) [ ! -f "$folder/up" ] || . "$folder/up" ;;
            *"config --format json") cat "$folder/config.json" ;;
            *"ps -q"*) cat "$folder/container" 2>/dev/null || true ;;
            *" exec "*)
                while [ "$1" != "$(cat "$folder/service")" ]; do
                    [ "$1" != -e ] || printf '%s=%s\n' "$2" "$(printenv "$2")" >> "$folder/variables"
                    shift
                done
                shift
                [ ! -f "$folder/no-$1" ] || exit 127
                exec setsid --wait "$@" ;;
        esac
        """;

    readonly string _folder = Directory.CreateTempSubdirectory("lem-fake-docker").FullName;

    public FakeDocker(string service = "vllm")
    {
        File.WriteAllText(Program.Path, Script);
        File.SetUnixFileMode(Program.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Set("service", service);
        Set("image", "sha256:own registry.example/vllm@sha256:published");
        Set("config.json", $$"""{"services": {"{{service}}": {"image": "vllm:1", "network_mode": "host"}, "other": {"image": "other:1"} } }""");
    }

    public string Folder => _folder;

    public DockerProgram Program => new(Path.Combine(_folder, "docker"));

    /// <summary>Words of each call, in their order.</summary>
    public IReadOnlyList<string> Calls => !File.Exists(Path.Combine(_folder, "calls")) ? [] : [.. File.ReadAllText(Path.Combine(_folder, "calls")).Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Select(call => call.Replace('\n', ' '))];

    /// <summary>Variables that programs were given by name, with the values docker took from its own environment.</summary>
    public string Variables => File.ReadAllText(Path.Combine(_folder, "variables"));

    /// <summary>What it answers: <c>config.json</c>, <c>image</c>, <c>container</c> (one that runs), <c>failure</c> (of every call), <c>silence</c> (at every call), <c>up</c> (a script that runs then), <c>no-PROGRAM</c>, <c>no-compose</c>.</summary>
    public void Set(string name, string text) => File.WriteAllText(Path.Combine(_folder, name), text);

    public void Unset(string name) => File.Delete(Path.Combine(_folder, name));

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
