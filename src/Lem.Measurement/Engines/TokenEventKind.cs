namespace Lem.Measurement.Engines;

/// <summary>What a <see cref="TokenEvent"/> tells.</summary>
public enum TokenEventKind
{
    /// <summary>The request went out to the engine. Engines that take it at once never send it.</summary>
    Sent,

    /// <summary>The batch's prompts start to be computed. Engines that cannot tell never send it.</summary>
    PrefillStarted,

    /// <summary>All of the batch's prompts are computed; what follows is decoding.</summary>
    PrefillEnded,

    /// <summary>One or more output tokens of a request arrived.</summary>
    Token,

    /// <summary>The request is complete: end of text or its token limit.</summary>
    Finished,

    /// <summary>The request failed; <see cref="TokenEvent.Failure"/> says how. What came before stands.</summary>
    Failed,
}
