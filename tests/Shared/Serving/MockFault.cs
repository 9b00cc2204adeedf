namespace Lem.Tests.Shared.Serving;

/// <summary>Which requests fail, and how. Requests are numbered from zero in the order they came.</summary>
/// <param name="AfterTokens">The failure comes when so many tokens of each choice were sent.</param>
/// <param name="Status">Of <see cref="FaultKind.Status"/>.</param>
/// <param name="From">First request that can fail.</param>
/// <param name="To">Last request that can fail.</param>
/// <param name="Share">Share of those that do, drawn by the server's seed and the request's number.</param>
/// <param name="Bytes">Length of the line of <see cref="FaultKind.LongLine"/>.</param>
sealed record MockFault(
    FaultKind Kind,
    int AfterTokens = 0,
    int Status = 500,
    int From = 0,
    int To = int.MaxValue,
    double Share = 1,
    int Bytes = 17 << 20)
{
    public bool Hits(int request, int seed) =>
        request >= From && request <= To && (Share >= 1 || Noise.Uniform(seed, request, (int)Kind) < Share);
}
