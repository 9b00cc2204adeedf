using Lem.Measurement.Launching;
using Xunit;

namespace Lem.Tests.Measurement.Launching;

public sealed class LaunchCommandTests
{
    [Fact]
    public void Its_line_can_be_pasted_into_a_shell() => Assert.Equal(
        "vllm serve org/model-7B '--spec={\"k\": 3}' 'it'\\''s' ''",
        new LaunchCommand(["vllm", "serve", "org/model-7B", "--spec={\"k\": 3}", "it's", ""], new Dictionary<string, string?>()).Line);
}
