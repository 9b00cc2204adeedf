using System.Runtime.Versioning;
using Lem.Cli.Machine;
using Lem.Core;
using Lem.Measurement.Engines.LlamaCpp;
using Lem.Measurement.Launching;
using Lem.Tests.Core.Results.Storage;
using Xunit;

namespace Lem.Tests.Cli.Machine;

public class EngineSearchTests
{
    static readonly LlamaCppInstallation Installed = new("/opt/llama", "0.5.0", ["AVX2", "F16C"], [new("CPU", "A processor", false)]);

    [Fact]
    public void The_embedded_engine_says_what_and_where_it_is()
    {
        var llama = new EngineSearch(new ProgramPath(null), () => Installed).Find()[0];

        Assert.Equal(
            ["llamacpp    ready: llama.cpp 0.5.0", "            found    /opt/llama", "            device   CPU (A processor)", "            features AVX2 F16C"],
            llama.Lines());
    }

    [Fact]
    public void A_missing_library_is_told_with_its_fix()
    {
        var llama = new EngineSearch(new ProgramPath(null), () => throw new LemException("not installed", "Install npm.")).Find()[0];

        Assert.False(llama.Usable);
        Assert.Equal(("not installed", "Install npm."), (llama.Missing, llama.Fix));
    }

    [Fact]
    [SupportedOSPlatform("linux")]
    public void A_server_runs_here_where_its_program_is_and_in_a_container_where_that_can_be()
    {
        using var folder = new ScratchDirectory();
        File.WriteAllText(folder["vllm"], "");
        File.SetUnixFileMode(folder["vllm"], UnixFileMode.UserRead | UnixFileMode.UserExecute);
        File.WriteAllText(folder["trtllm-serve"], "no program");
        var containers = new Dictionary<string, ContainerOffer> { ["tensorrt"] = new("service tensorrt of compose.yaml (an/image:1)", null, null) };

        var engines = new EngineSearch(new ProgramPath($"/nowhere:{folder.Path}"), () => Installed, containers).Find().ToDictionary(engine => engine.Name);

        Assert.Equal((true, folder["vllm"]), (engines["vllm"].Usable, engines["vllm"].Location));
        Assert.Equal($"here, as {folder["vllm"]}", engines["vllm"].Places[0]);
        Assert.Equal((true, null), (engines["tensorrt"].Usable, engines["tensorrt"].Location));
        Assert.Contains("an/image:1", engines["tensorrt"].Places[0], StringComparison.Ordinal);
        Assert.True(engines["openai"].Usable);
        Assert.False(engines["pytorch"].Usable);
    }

    [Fact]
    public void A_server_that_can_run_nowhere_is_told_with_both_fixes()
    {
        var containers = new Dictionary<string, ContainerOffer> { ["vllm"] = new(null, "its image is not here", "docker compose pull vllm") };

        var vllm = new EngineSearch(new ProgramPath(null), () => Installed, containers).Find().Single(engine => engine.Name == "vllm");

        Assert.False(vllm.Usable);
        Assert.Contains("its image is not here", vllm.Missing, StringComparison.Ordinal);
        Assert.Contains("Install vllm", vllm.Fix, StringComparison.Ordinal);
        Assert.Contains("docker compose pull vllm", vllm.Fix, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("CPU : SSE3 = 1 | AVX512 = 0 | OPENMP = 1 | ", "SSE3 OPENMP")]
    [InlineData("CUDA : ARCHS = 800,900 | F16 = 1 | CPU : AVX2 = 1 |", "ARCHS=800,900 F16 AVX2")]
    [InlineData("", "")]
    public void Features_are_those_that_are_switched_on(string systemInfo, string features) =>
        Assert.Equal(features, string.Join(' ', LlamaCppInstallation.FeaturesOf(systemInfo)));
}
