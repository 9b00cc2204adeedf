using Lem.Core.Results.Aggregation;
using Lem.Core.Results.Raw;
using Xunit;

namespace Lem.Tests.Core.Results.Aggregation;

public sealed class FailedRequestsTests
{
    static readonly RequestRecord[] Requests =
    [
        Failed("connect_failed", "Connection refused"),
        Failed("http_status", "HTTP 503: busy"),
        Failed("http_status", "HTTP 429: too many"),
        new(3, 3, 0, 0, 1, 2, 5, 5, "usage", [1], null, Ok: true, null),
    ];

    [Fact]
    public void Reasons_are_counted_most_frequent_first_whatever_their_order()
    {
        var told = FindingOf(Requests);

        Assert.Equal("3 of 4 requests failed; their energy is in the total. 2 × http_status: HTTP 429: too many; 1 × connect_failed: Connection refused", told);
        Assert.Equal(told, FindingOf(Requests.Reverse()));
    }

    [Fact]
    public void Failures_without_a_reason_are_counted_all_the_same() =>
        Assert.Equal("2 of 4 requests failed; their energy is in the total.", new FailedRequests().Finding(2, 4).Message);

    static string FindingOf(IEnumerable<RequestRecord> requests)
    {
        var failed = new FailedRequests();
        foreach (var request in requests)
            failed.Add(request);
        return failed.Finding(3, 4).Message;
    }

    static RequestRecord Failed(string kind, string message) => new(0, 0, 0, 0, null, null, 0, 0, "engine", null, null, Ok: false, new(kind, message, 0));
}
