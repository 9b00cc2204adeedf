using System.Runtime.Versioning;
using Lem.Cli.Machine;
using Lem.Core;
using Lem.Measurement.Engines.LlamaCpp;
using Lem.Tests.Core.Results.Storage;
using Xunit;

namespace Lem.Tests.Cli.Machine;

public class EngineSearchTests
{
    static readonly LlamaCppInstallation Installed = new("/opt/llama", "0.5.0", ["AVX2", "F16C"], [new("CPU", "A processor", false)]);

    [Fact]
    public void The_embedded_engine_says_what_and_where_it_is()
    {
        var llama = new EngineSearch(new InstalledPrograms(null), () => Installed).Find()[0];

        Assert.Equal(
            ["llamacpp    ready: llama.cpp 0.5.0", "            found    /opt/llama", "            device   CPU (A processor)", "            features AVX2 F16C"],
            llama.Lines());
    }

    [Fact]
    public void A_missing_library_is_told_with_its_fix()
    {
        var llama = new EngineSearch(new InstalledPrograms(null), () => throw new LemException("not installed", "Install npm.")).Find()[0];

        Assert.False(llama.Usable);
        Assert.Equal(("not installed", "Install npm."), (llama.Missing, llama.Fix));
    }

    [Fact]
    [SupportedOSPlatform("linux")]
    public void Servers_are_usable_where_their_program_is_there_and_engines_of_later_versions_are_not()
    {
        using var folder = new ScratchDirectory();
        File.WriteAllText(folder["vllm"], "");
        File.SetUnixFileMode(folder["vllm"], UnixFileMode.UserRead | UnixFileMode.UserExecute);
        File.WriteAllText(folder["trtllm-serve"], "no program");

        var engines = new EngineSearch(new InstalledPrograms($"/nowhere:{folder.Path}"), () => Installed).Find().ToDictionary(engine => engine.Name);

        Assert.Equal(folder["vllm"], engines["vllm"].Location);
        Assert.Null(engines["tensorrt"].Location);
        Assert.All(["vllm", "openai"], name => Assert.True(engines[name].Usable));
        Assert.All(["pytorch", "tensorrt"], name => Assert.False(engines[name].Usable));
        Assert.Contains("--url", engines["tensorrt"].Fix, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("CPU : SSE3 = 1 | AVX512 = 0 | OPENMP = 1 | ", "SSE3 OPENMP")]
    [InlineData("CUDA : ARCHS = 800,900 | F16 = 1 | CPU : AVX2 = 1 |", "ARCHS=800,900 F16 AVX2")]
    [InlineData("", "")]
    public void Features_are_those_that_are_switched_on(string systemInfo, string features) =>
        Assert.Equal(features, string.Join(' ', LlamaCppInstallation.FeaturesOf(systemInfo)));
}
