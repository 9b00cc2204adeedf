using Lem.Core;
using Lem.Measurement.Engines.LlamaCpp.Native;
using Xunit;

namespace Lem.Tests.Measurement.Engines.LlamaCpp.Native;

public sealed class LlamaLibraryFilesTests : IDisposable
{
    readonly string _root = Directory.CreateTempSubdirectory("lem-libs-").FullName;

    [Theory]
    [InlineData("libllama.v0.5.0.so", "libggml.v0.5.0.so", "libggml-base.so")]
    [InlineData("libllama.so", "libggml.so", "libggml-base.so")]
    [InlineData("libllama.so.0", "libggml.so.0", "libggml-base.so.0")]
    [InlineData("libllama.dylib", "libggml.dylib", "libggml-base.dylib")]
    public void A_build_is_its_three_libraries(string llama, string ggml, string ggmlBase)
    {
        var folder = FolderWith("build", llama, ggml, ggmlBase, "libggml-cpu-haswell.so", "libllama-common.so", "LICENSE");

        var files = LlamaLibraryFiles.At(folder);

        Assert.Equal(new(folder, Path.Combine(folder, llama), Path.Combine(folder, ggml), Path.Combine(folder, ggmlBase)), files);
    }

    [Fact]
    public void A_file_stands_for_its_folder()
    {
        var folder = FolderWith("build", "libllama.so", "libggml.so", "libggml-base.so");

        Assert.Equal(folder, LlamaLibraryFiles.At(Path.Combine(folder, "libllama.so"))?.Folder);
    }

    [Fact]
    public void A_folder_that_lacks_one_of_them_is_no_build() =>
        Assert.Null(LlamaLibraryFiles.At(FolderWith("build", "libllama.so", "libggml-base.so", "libggml-cpu.so")));

    [Fact]
    public void What_the_user_names_comes_first_then_what_lies_beside_the_program_then_the_system()
    {
        string[] names = ["libllama.so", "libggml.so", "libggml-base.so"];
        var (user, beside, system) = (FolderWith("user", names), FolderWith("beside", names), FolderWith("system", names));
        var none = Path.Combine(_root, "none");

        Assert.Equal(user, LlamaLibrary.Find(user, beside, [system]).Folder);
        Assert.Equal(beside, LlamaLibrary.Find(null, beside, [system]).Folder);
        Assert.Equal(system, LlamaLibrary.Find(null, none, [none, system]).Folder);
    }

    [Fact]
    public void What_the_user_names_and_is_not_there_is_not_silently_replaced()
    {
        var beside = FolderWith("beside", "libllama.so", "libggml.so", "libggml-base.so");

        var failure = Assert.Throws<LemException>(() => LlamaLibrary.Find(Path.Combine(_root, "typo"), beside, []));

        Assert.Contains("LEM_LLAMA_LIBRARY", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_anywhere_is_told_with_both_ways_out()
    {
        var failure = Assert.Throws<LemException>(() => LlamaLibrary.Find(null, Path.Combine(_root, "none"), []));

        Assert.Contains("npm", failure.Hint, StringComparison.Ordinal);
        Assert.Contains("LEM_LLAMA_LIBRARY", failure.Hint, StringComparison.Ordinal);
    }

    string FolderWith(string name, params string[] files)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_root, name)).FullName;
        foreach (var file in files)
            File.WriteAllText(Path.Combine(folder, file), "");
        return folder;
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);
}
