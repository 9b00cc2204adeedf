using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text.Json;
using Lem.Tests.Shared.Engines;
using Lem.Tests.Shared.Serving;

if (args is ["-h" or "--help"])
{
    Console.WriteLine("""
        usage: Lem.MockServer [--host HOST] [--port PORT] [--say TEXT] [--exit CODE] [--ignore-sigterm] [SETTING=VALUE | {JSON}] …

        An OpenAI-compatible server that runs no model, for tests and benchmarks. Settings are those of MockOptions in snake_case:

          Lem.MockServer port=8000 flavour=vllm ttft_ms=150 itl_ms=10
          Lem.MockServer '{"faults": [{"kind": "status", "status": 429, "share": 0.1}]}'

        Prints its address when it is started. What it sent, and when, is at /mock/requests.

          --port PORT       as port=PORT; --host is taken, as servers do, and is the loopback
          --say TEXT        print a line on stderr first, as a server's log
          --exit CODE       end at once: a server that dies at its start
          --ignore-sigterm  end by SIGKILL only
          --as PROGRAM      take all that follows as vllm or trtllm-serve does, and refuse what it refuses
        """);
    return 0;
}

MockOptions? played = null;
if (args is ["--as", var program, ..])
{
    try
    {
        played = FakeEngine.Read(program, args[2..], Environment.GetEnvironmentVariable);
        args = [];
    }
    catch (RefusedArgumentException e)
    {
        Console.Error.WriteLine($"usage: {program} [options]\n{program}: error: {e.Message}");
        return 2;
    }
}

var settings = new List<string>();
var ignoreTerm = false;
int? exit = null;
for (var i = 0; i < args.Length; i++)
{
    switch (args[i])
    {
        case "--say" when i + 1 < args.Length:
            Console.Error.WriteLine(args[++i]);
            break;
        case "--exit" when i + 1 < args.Length && int.TryParse(args[i + 1], out var code):
            exit = code;
            i++;
            break;
        case "--port" when i + 1 < args.Length:
            settings.Add($"port={args[++i]}");
            break;
        case "--host" when i + 1 < args.Length:
            i++;
            break;
        case "--ignore-sigterm":
            ignoreTerm = true;
            break;
        default:
            settings.Add(args[i]);
            break;
    }
}

if (exit is { } early)
    return early;

try
{
    await using var server = MockServer.Start(played ?? MockJson.Read(settings));
    var ended = new TaskCompletionSource();
    using var term = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
    {
        context.Cancel = true;
        if (!ignoreTerm)
            ended.TrySetResult();
    });
    Console.WriteLine($"listening on {server.Address.AbsoluteUri}");
    return await Task.WhenAny(ended.Task, server.Died) == ended.Task ? 0 : 134; // As a process that aborted.
}
catch (JsonException e)
{
    Console.Error.WriteLine($"settings: {e.Message}");
    return 2;
}
catch (SocketException e)
{
    Console.Error.WriteLine($"[Errno 98] error while attempting to bind: {e.Message}");
    return 1;
}
