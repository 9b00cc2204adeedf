using Xunit;

namespace Lem.Tests.Architecture;

public sealed class TypeNameTests
{
    [Theory]
    [InlineData("Lem.Core.JsonUtils")]
    [InlineData("Lem.Core.JsonHelper")]
    [InlineData("Lem.Core.Common.Json")]
    [InlineData("Lem.Core.Helpers.Json")]
    [InlineData("Lem.Core.RunManager")]
    [InlineData("Lem.Core.BaseEngine")]
    [InlineData("Lem.Core.EngineBase`1")]
    [InlineData("Lem.Core.EngineImpl")]
    [InlineData("Lem.Core.Engine+StartHelper")]
    public void A_drawer_is_forbidden(string name) => Assert.True(TypeName.IsForbidden(name));

    [Theory]
    [InlineData("Lem.Core.Energy.IdleBaseline")]
    [InlineData("Lem.Core.Energy.BaselineConfig")]
    [InlineData("Lem.Core.Simple")]
    [InlineData("Lem.Core.CommonPrefix")]
    public void A_noun_of_the_field_is_not(string name) => Assert.False(TypeName.IsForbidden(name));
}
