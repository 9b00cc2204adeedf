using Lem.Core.Results.Raw;
using Xunit;

namespace Lem.Tests.Core.Results.Aggregation;

public sealed class LoadFindingsTests
{
    [Theory]
    [InlineData(0.96, false)]
    [InlineData(0.94, true)]
    public void Fewer_sends_than_were_asked_for_are_told_whether_or_not_they_were_answered(double share, bool told)
    {
        // Of a hundred the second half fails; all go out in time, but their times are too far apart.
        var requests = Half(SampleLoad.Answered(100, share * SampleLoad.Rate));

        Assert.Equal(told, Codes(requests).Contains("not_open_loop"));
    }

    [Theory]
    [InlineData(9, false)]
    [InlineData(11, true)]
    public void Late_sends_are_told_whether_or_not_they_were_answered(double lateMs, bool told)
    {
        var requests = Half(SampleLoad.Answered(100, SampleLoad.Rate)).Select(request => request.Ok ? request : request with { SentS = request.IntendedS + lateMs / 1e3 });

        Assert.Equal(told, Codes(requests).Contains("not_open_loop"));
    }

    [Fact]
    public void A_server_that_turns_the_second_half_away_made_the_loop_no_less_open()
    {
        var findings = SampleLoad.Result([.. Half(SampleLoad.Answered(20, SampleLoad.Rate))]).Findings;

        Assert.DoesNotContain(findings, finding => finding.Code == "not_open_loop");
        Assert.Contains(findings, finding => finding.Code == "failed_requests" || finding.Code == "request_lines_disagree");
    }

    static IEnumerable<RequestRecord> Half(IEnumerable<RequestRecord> answered)
    {
        var all = answered.ToList();
        return all.Select((request, i) => i < all.Count / 2 ? request : SampleLoad.Failed(i, request.IntendedS, request.IntendedS + 0.002));
    }

    static IEnumerable<string> Codes(IEnumerable<RequestRecord> requests) => SampleLoad.Result([.. requests]).Findings.Select(finding => finding.Code);
}
