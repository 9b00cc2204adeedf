namespace Lem.Tests.Shared.Serving;

/// <summary>What the next step of a stream is.</summary>
enum StreamStep
{
    /// <summary>Tokens were written.</summary>
    Tokens,

    /// <summary>The end was written; nothing follows.</summary>
    End,

    /// <summary>Nothing more comes, and the connection stays open.</summary>
    Stall,

    /// <summary>The connection is to be closed in good order, now.</summary>
    Close,

    /// <summary>The connection is to be reset.</summary>
    Reset,

    /// <summary>The whole server is to die.</summary>
    Die,
}
