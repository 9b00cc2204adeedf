using Lem.Measurement.Programs;
using Xunit;

namespace Lem.Tests.Measurement.Programs;

public class SignalRelayTests
{
    [Theory]
    [InlineData("42 (lem) S 41 42 41 34816 42 4194304 0", true)]
    [InlineData("42 (odd ) name) S 41 42 41 34816 42 4194304 0", true)]
    [InlineData("42 (lem) S 41 42 41 34816 77 4194304 0", false)] // in the background
    [InlineData("42 (lem) S 41 42 41 0 -1 4194304 0", false)] // no terminal
    [InlineData(null, false)]
    public void A_process_in_front_of_a_terminal_is_known_by_its_stat_line(string? stat, bool foreground) =>
        Assert.Equal(foreground, SignalRelay.IsForeground(stat));
}
