using Xunit;

namespace Lem.IntegrationTests;

public class SmokeTests
{
    [Fact]
    public void Build_directory_exists() => Assert.True(Directory.Exists(AppContext.BaseDirectory));
}
