using System.Text.Json.Nodes;
using Lem.Cli;
using Lem.Cli.Machine;
using Lem.Core.Configuration;
using Lem.Tests.Shared.Nvml;
using Xunit;

namespace Lem.Tests.Cli.Machine;

public class GpuListingTests
{
    [Fact]
    public void Every_gpu_is_told_with_what_identifies_it()
    {
        using var nvml = new NvmlScenario();

        var (code, answer, messages) = Run(nvml.Path, json: false);

        Assert.Equal(ExitCode.Success, code);
        Assert.Contains(NvmlScenario.Uuid(0), answer, StringComparison.Ordinal);
        Assert.Contains("MIG", answer, StringComparison.Ordinal);
        Assert.Empty(messages);
    }

    [Fact]
    public void As_json_a_gpu_is_what_it_is_in_results()
    {
        using var nvml = new NvmlScenario();

        var gpus = JsonNode.Parse(Run(nvml.Path, json: true).Answer)!["gpus"]!.AsArray();

        Assert.Equal(NvmlScenario.Uuid(0), (string?)gpus[0]!["uuid"]);
        Assert.NotNull(gpus[0]!["memory_total_bytes"]);
    }

    [Fact]
    public void Without_a_driver_the_reason_is_the_answer()
    {
        var (code, answer, messages) = Run("/nowhere/libnvidia-ml.so.1", json: true);

        Assert.Equal(ExitCode.MachineLacks, code);
        Assert.Equal("nvml_library_missing", (string?)JsonNode.Parse(answer)!["reason"]!["code"]);
        Assert.Contains("→", messages, StringComparison.Ordinal);
    }

    static (ExitCode Code, string Answer, string Messages) Run(string library, bool json)
    {
        using var answer = new StringWriter();
        using var messages = new StringWriter();
        var host = new CliHost(answer, messages, false, new ConfigEnvironment("/", "/", new Dictionary<string, string>()), "/", TimeProvider.System);
        var code = new GpuListing(host, new(host), json, library).Run();
        return (code, answer.ToString(), messages.ToString());
    }
}
