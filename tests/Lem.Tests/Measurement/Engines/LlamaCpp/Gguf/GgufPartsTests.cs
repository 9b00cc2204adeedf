using Lem.Measurement.Engines.LlamaCpp.Gguf;
using Xunit;

namespace Lem.Tests.Measurement.Engines.LlamaCpp.Gguf;

public class GgufPartsTests
{
    [Fact]
    public void A_split_model_is_all_of_its_files() => Assert.Equal(
        ["/m/big-00001-of-00003.gguf", "/m/big-00002-of-00003.gguf", "/m/big-00003-of-00003.gguf"], GgufParts.Of("/m/big-00001-of-00003.gguf"));

    [Theory]
    [InlineData("/m/small.gguf")]
    [InlineData("/m/part-00002-of-00003.gguf")]
    public void Any_other_name_is_one_file(string path) => Assert.Equal([path], GgufParts.Of(path));
}
