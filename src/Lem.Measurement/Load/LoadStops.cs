namespace Lem.Measurement.Load;

/// <summary>The two ways to end a load early.</summary>
/// <param name="NoNewRequests">Send nothing more, let what is in flight finish.</param>
/// <param name="Abandon">Give up what is in flight too.</param>
public sealed record LoadStops(CancellationToken NoNewRequests, CancellationToken Abandon)
{
    public static LoadStops None { get; } = new(CancellationToken.None, CancellationToken.None);
}
