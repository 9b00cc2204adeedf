using Lem.Measurement.Hosts;
using Lem.Tests.Measurement.Linux;
using Xunit;

namespace Lem.Tests.Measurement.Hosts;

public class HypervisorNameTests
{
    [Fact]
    public void A_guest_is_named_by_its_firmware()
    {
        using var guest = new FolderTree().With("sys/class/dmi/id/sys_vendor", "Amazon EC2");

        Assert.Equal("Amazon EC2", HypervisorName.Find(guest.Tree, guest: true));
        Assert.Equal("none", HypervisorName.Find(guest.Tree, guest: false));
    }

    [Fact]
    public void A_guest_without_firmware_is_unknown_and_an_unknown_processor_says_nothing()
    {
        using var bare = new FolderTree();

        Assert.Equal("unknown", HypervisorName.Find(bare.Tree, guest: true));
        Assert.Null(HypervisorName.Find(bare.Tree, guest: null));
    }
}
