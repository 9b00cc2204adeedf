using Lem.Core;
using Lem.Core.Configuration;
using Lem.Measurement.Hub;
using Xunit;

namespace Lem.Tests.Measurement.Hub;

public sealed class GgufSelectionTests
{
    static readonly string[] Files =
    [
        "README.md", "imatrix.gguf", "mmproj-model-Q8_0.gguf",
        "Model-IQ4_XS.gguf", "Model-Q4_K.gguf", "Model-Q4_K_M.gguf", "Model.q8_0.gguf", "Model-UD-Q4_K_XL.gguf",
        "BF16/Model-BF16-00001-of-00002.gguf", "BF16/Model-BF16-00002-of-00002.gguf",
        "Q6_K/Model-Q6_K-00001-of-00003.gguf", "Q6_K/Model-Q6_K-00003-of-00003.gguf",
    ];

    [Theory]
    [InlineData("Q4_K_M", "Model-Q4_K_M.gguf")]
    [InlineData("q4_k_m", "Model-Q4_K_M.gguf")]
    [InlineData("Q4_K", "Model-Q4_K.gguf")]
    [InlineData("Q8_0", "Model.q8_0.gguf")]
    [InlineData("UD-Q4_K_XL", "Model-UD-Q4_K_XL.gguf")]
    [InlineData("Model-IQ4_XS.gguf", "Model-IQ4_XS.gguf")]
    public void One_file_is_meant(string selector, string file) => Assert.Equal([file], Choose(selector));

    [Theory]
    [InlineData("BF16")]
    [InlineData("BF16/Model-BF16-00001-of-00002.gguf")]
    public void A_split_model_is_all_of_its_parts(string selector) =>
        Assert.Equal(["BF16/Model-BF16-00001-of-00002.gguf", "BF16/Model-BF16-00002-of-00002.gguf"], Choose(selector));

    [Theory]
    [InlineData("Q5_K_M", "org/model has no GGUF model Q5_K_M")]
    [InlineData("Q4", "org/model has no GGUF model Q4")]
    [InlineData("model", "org/model has 7 GGUF models with model in their names")]
    [InlineData("Q6_K", "the model Q6_K/Model-Q6_K-00001-of-00003.gguf is incomplete: Q6_K/Model-Q6_K-00002-of-00003.gguf is missing")]
    public void What_is_not_clear_is_an_error_with_the_choice(string selector, string message)
    {
        var error = Assert.Throws<LemException>(() => Choose(selector));

        Assert.Equal(message, error.Message);
        Assert.DoesNotContain("mmproj", error.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void A_repository_without_models_is_named() =>
        Assert.Equal("org/model holds no GGUF model", Assert.Throws<LemException>(() => GgufSelection.Choose(new("org/model", "Q8_0"), ["model.safetensors"])).Message);

    [Theory]
    [InlineData("org/model:Q4_K_M", "org/model", "Q4_K_M", false)]
    [InlineData("org/model-GGUF:sub/Model.Q4_K_M.gguf", "org/model-GGUF", "sub/Model.Q4_K_M.gguf", true)]
    public void A_reference_names_a_repository_and_a_model_in_it(string name, string repository, string selector, bool namesFile)
    {
        var reference = GgufReference.Parse(name);

        Assert.Equal(new GgufReference(repository, selector), reference);
        Assert.Equal((namesFile, name), (reference?.NamesFile, reference?.ToString()));
        Assert.Equal(Backend.Llamacpp, BackendRule.For(name));
    }

    [Theory]
    [InlineData("org/model")]
    [InlineData("model:Q4_K_M")]
    [InlineData("synthetic:15m")]
    [InlineData("synthetic:llama?layers=8&hidden=512")]
    [InlineData("C:\\models\\m.gguf")]
    [InlineData("some/path/m.gguf")]
    [InlineData("org/model:a:b")]
    [InlineData("org/model:sub/folder")]
    public void Other_names_are_no_references(string name) => Assert.Null(GgufReference.Parse(name));

    static IReadOnlyList<string> Choose(string selector) => GgufSelection.Choose(new("org/model", selector), Files);
}
