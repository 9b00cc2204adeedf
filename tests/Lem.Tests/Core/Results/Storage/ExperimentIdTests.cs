using FsCheck;
using FsCheck.Fluent;
using Lem.Core;
using Lem.Core.Results.Storage;
using Xunit;

namespace Lem.Tests.Core.Results.Storage;

public class ExperimentIdTests
{
    [Fact]
    public void An_id_is_time_name_and_eight_hex_digits() =>
        Assert.Equal(
            "20260131T235959Z-llama-3.1-8B_fp16-0a1b2c3d",
            ExperimentId.Of("llama-3.1-8B_fp16", new DateTimeOffset(2026, 2, 1, 0, 59, 59, TimeSpan.FromHours(1)), "0a1b2c3d"));

    [Fact]
    public void Two_new_ids_differ()
    {
        var (first, second) = (ExperimentId.New("x", TimeProvider.System), ExperimentId.New("x", TimeProvider.System));

        Assert.Matches("^[0-9]{8}T[0-9]{6}Z-x-[0-9a-f]{8}$", first);
        Assert.NotEqual(first, second);
    }

    [Theory]
    [InlineData(0, 1, "id")]
    [InlineData(0, 3, "id_c1")]
    [InlineData(2, 3, "id_c3")]
    public void Cycles_of_several_are_numbered_from_one(int index, int count, string expected) =>
        Assert.Equal(expected, ExperimentId.OfWindow("id", index, count));

    [Theory]
    [InlineData("meta-llama/Llama 3", "meta-llama-Llama-3")]
    [InlineData("../../etc/passwd", "etc-passwd")]
    [InlineData("…", "experiment")]
    [InlineData("", "experiment")]
    public void Names_are_made_safe(string name, string expected) => Assert.Equal(expected, ExperimentId.Sanitise(name));

    [Theory]
    [InlineData("..")]
    [InlineData("../x")]
    [InlineData("a/b")]
    [InlineData(".hidden")]
    [InlineData("")]
    [InlineData("a\0b")]
    public void What_could_leave_the_results_directory_is_no_id(string id) =>
        Assert.Throws<LemException>(() => new ResultsDirectory("results").Result(id));

    [Fact]
    public void Any_name_gives_an_id_whose_files_lie_inside_the_results_directory() =>
        Prop.ForAll(
                ArbMap.Default.ArbFor<string?>(),
                name =>
                {
                    var directory = new ResultsDirectory("results");
                    var id = ExperimentId.New(name ?? "", TimeProvider.System);
                    return ExperimentId.IsValid(id)
                        && Path.GetFullPath(directory.Requests(id, 0)).StartsWith(directory.Raw + Path.DirectorySeparatorChar, StringComparison.Ordinal);
                })
            .QuickCheckThrowOnFailure();
}
