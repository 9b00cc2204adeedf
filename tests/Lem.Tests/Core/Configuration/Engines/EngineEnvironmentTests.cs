using System.Text.Json.Nodes;
using Lem.Core.Configuration;
using Lem.Core.Configuration.Engines;
using Xunit;

namespace Lem.Tests.Core.Configuration.Engines;

public class EngineEnvironmentTests
{
    [Theory]
    [InlineData("NCCL_DEBUG", null)]
    [InlineData("VLLM_USE_DEEP_GEMM", null)]
    [InlineData("LD_PRELOAD", "may set variables of engines only")]
    [InlineData("PYTHONPATH", "may set variables of engines only")]
    [InlineData("CUDA_INJECTION64_PATH", "can make the engine load code")]
    [InlineData("NCCL_NET_PLUGIN", "can make the engine load code")]
    [InlineData("OMP_TOOL_LIBRARIES", "can make the engine load code")]
    [InlineData("TRITON_CACHE_DIR", "can make the engine load code")]
    [InlineData("CUDA_VISIBLE_DEVICES", "gpus does")]
    [InlineData("VLLM_SERVER_DEV_MODE", "lem does")]
    public void A_file_sets_what_tunes_an_engine_and_nothing_that_loads_code(string name, string? refusal)
    {
        var config = new ExperimentConfig(Backend: Backend.Vllm, Vllm: new() { ["environment"] = new JsonObject { [name] = "1" } });

        var broken = EngineEnvironment.Rule.Broken(config.Engine);

        Assert.Equal(refusal is null, broken is null);
        Assert.Contains(refusal ?? "", broken ?? "", StringComparison.Ordinal);
    }
}
