using System.Threading.Channels;

namespace Lem.Measurement.Engines.LlamaCpp;

/// <summary>A request that waits for a slot or has one: what happens to it goes into its channel.</summary>
sealed class SlotTicket(GenerationRequest request, CancellationToken cancellationToken)
{
    readonly Channel<TokenEvent> _events = Channel.CreateUnbounded<TokenEvent>(new() { SingleReader = true, SingleWriter = true });

    public GenerationRequest Request { get; } = request;

    public CancellationToken CancellationToken { get; } = cancellationToken;

    public ChannelReader<TokenEvent> Events => _events.Reader;

    /// <summary>Its row, once it has a slot.</summary>
    public BatchRow? Row { get; set; }

    /// <summary>Prompt tokens that are in the cache or on their way there.</summary>
    public int PromptAdded { get; set; }

    public bool IsPrefilling => PromptAdded < Request.Prompt.Count;

    /// <summary>Its prompt was completed in the batch just computed.</summary>
    public bool IsPromptComplete { get; set; }

    public void Tell(TokenEventKind kind, long stamp, RequestFailure? failure = null) => _events.Writer.TryWrite(new(kind, Request.Index, stamp, Failure: failure));

    public void TellToken(long stamp, int token) => _events.Writer.TryWrite(new(TokenEventKind.Token, Request.Index, stamp, 1, token));

    /// <param name="broken">Why it ends without its own Finished or Failed.</param>
    public void Close(Exception? broken = null) => _events.Writer.TryComplete(broken);
}
