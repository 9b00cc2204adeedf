using Lem.Core.Configuration;
using Lem.Measurement.Engines;
using Lem.Measurement.Experiments;
using Lem.Measurement.Load;
using Xunit;

namespace Lem.Tests.Measurement.Experiments;

public class ImplausibleUsageTests
{
    [Theory]
    [InlineData(16, null, false)]
    [InlineData(17, null, true)]
    [InlineData(32, 2, false)]
    [InlineData(33, 2, true)]
    public void More_tokens_than_all_answers_of_a_request_may_have_are_doubted(int told, int? answers, bool isDoubted)
    {
        var trace = new RequestTrace(new(0, [1], MaxTokens: 16, MinTokens: 0, IgnoreEos: true, new(Greedy: true), Seed: 1), 0);
        trace.Finish(failure: null, new RequestUsage(1, told, null, null));
        var config = new ExperimentConfig(Backend: Backend.Vllm, Vllm: answers is null ? null : new() { ["n"] = answers });

        var doubt = ImplausibleUsage.Doubt(new(0, 1, [trace], [], Interrupted: false, EngineFailure: null), config.Engine);

        Assert.Equal(isDoubted, doubt is not null);
    }
}
