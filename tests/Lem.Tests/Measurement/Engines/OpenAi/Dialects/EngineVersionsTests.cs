using Lem.Core.Configuration;
using Lem.Measurement.Engines.OpenAi.Dialects;
using Xunit;

namespace Lem.Tests.Measurement.Engines.OpenAi.Dialects;

public sealed class EngineVersionsTests
{
    [Theory]
    [InlineData(Backend.Vllm, "0.19.1")]
    [InlineData(Backend.Vllm, "0.24.0")]
    [InlineData(Backend.Vllm, "0.24.0rc1.dev5+g1234")]
    [InlineData(Backend.Tensorrt, "1.2.1")]
    [InlineData(Backend.Tensorrt, "1.3.0rc4")]
    [InlineData(Backend.Openai, "0.1.0")]
    [InlineData(Backend.Vllm, "unknown")]
    [InlineData(Backend.Vllm, null)]
    public void Within_the_range_and_where_nothing_is_known_nothing_is_said(Backend backend, string? version) => Assert.Null(EngineVersions.Judge(backend, version));

    [Theory]
    [InlineData(Backend.Vllm, "0.12.0", "older", "swap_space")]
    [InlineData(Backend.Vllm, "0.33.0", "newer", "vllm.extra")]
    [InlineData(Backend.Vllm, "0.24.1.post1", "newer", "vllm.extra")]
    [InlineData(Backend.Tensorrt, "0.21.0", "older", "before 1.0")]
    [InlineData(Backend.Tensorrt, "1.4.0", "newer", "tensorrt.extra")]
    public void Outside_it_what_is_known_to_have_changed_is_said(Backend backend, string version, string side, string change)
    {
        var finding = EngineVersions.Judge(backend, version);

        Assert.Equal("engine_version_untested", finding?.Code);
        Assert.Contains($"{version} is {side}", finding?.Message, StringComparison.Ordinal);
        Assert.Contains(change, finding?.Hint, StringComparison.Ordinal);
    }
}
