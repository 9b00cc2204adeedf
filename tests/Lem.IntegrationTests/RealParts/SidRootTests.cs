using Xunit;

namespace Lem.IntegrationTests.RealParts;

public sealed class SidRootTests
{
    [Fact]
    public async Task A_file_brought_in_is_read_by_the_roots_own_python()
    {
        using var root = SidRoot.Require();
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, "forty-two");

            var read = await root.RunAsync(
                "python3", ["-c", "import sys; print(open(sys.argv[1]).read())", root.Bring(file)], TestContext.Current.CancellationToken);

            Assert.Equal(new FinishedProgram(0, "forty-two\n", ""), read);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Theory]
    [InlineData("llama-bench")]
    [InlineData("llama-server")]
    public async Task Its_llama_cpp_runs(string program)
    {
        using var root = SidRoot.Require();

        var version = await root.RunAsync(program, ["--version"], TestContext.Current.CancellationToken);

        Assert.Equal(0, version.ExitCode);
    }

    [Fact]
    public async Task An_independent_gguf_reader_is_in_it()
    {
        using var root = SidRoot.Require();

        var import = await root.RunAsync("python3", ["-c", "from gguf import GGUFReader"], TestContext.Current.CancellationToken);

        Assert.Equal((0, ""), (import.ExitCode, import.Error));
    }
}
