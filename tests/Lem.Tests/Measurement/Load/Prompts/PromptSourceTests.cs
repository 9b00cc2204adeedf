using Lem.Core.Configuration;
using Lem.Measurement.Load.Prompts;
using Xunit;
using SyntheticPrompts = Lem.Core.Configuration.SyntheticPrompts;

namespace Lem.Tests.Measurement.Load.Prompts;

public class PromptSourceTests
{
    [Theory]
    [InlineData(null, null, SyntheticPrompts.UsualCount)]
    [InlineData(null, 250, 250)]
    [InlineData(40, null, 40)]
    [InlineData(40, 250, 40)]
    [InlineData(250, 40, 40)]
    public void As_many_synthetic_prompts_are_made_as_are_asked_for(int? count, int? numInputPrompts, int made)
    {
        var config = new ExperimentConfig(Prompts: new SyntheticPrompts(count, new(Mean: 4)), NumInputPrompts: numInputPrompts);

        Assert.Equal(made, PromptSource.Open(config, ".").Measured.Count);
    }
}
