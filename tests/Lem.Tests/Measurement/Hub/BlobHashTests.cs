using Lem.Measurement.Hub;
using Xunit;

namespace Lem.Tests.Measurement.Hub;

public sealed class BlobHashTests
{
    // printf abc | sha256sum; printf abc | git hash-object --stdin
    [Theory]
    [InlineData("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", true)]
    [InlineData("f2ba8f84ab5c1bce84a7b441cb1959cfc7093b7f", true)]
    [InlineData("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ae", false)]
    [InlineData("f2ba8f84ab5c1bce84a7b441cb1959cfc7093b70", false)]
    [InlineData("a-mirrors-own-name", true)]
    public void A_name_vouches_for_its_content(string etag, bool isRight)
    {
        using var hash = new BlobHash(etag, lengthBytes: 3);

        hash.Append("xyz"u8);
        hash.Restart();
        hash.Append("a"u8);
        hash.Append("bc"u8);

        Assert.Equal(isRight, hash.IsRight());
    }
}
