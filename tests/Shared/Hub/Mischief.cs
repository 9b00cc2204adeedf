namespace Lem.Tests.Shared.Hub;

/// <summary>What the server does to a request instead of answering it well.</summary>
/// <param name="Status">Answers this, and nothing else.</param>
/// <param name="CutAfterBytes">Ends the connection in the middle of the body.</param>
/// <param name="Spoil">Sends other bytes of the same length.</param>
/// <param name="IgnoreRange">Sends the whole, as a server does that knows no ranges.</param>
/// <param name="Silence">Sends no more of the body after this many bytes, and keeps the connection.</param>
sealed record Mischief(
    int? Status = null,
    IReadOnlyDictionary<string, string>? Headers = null,
    int? CutAfterBytes = null,
    bool Spoil = false,
    bool IgnoreRange = false,
    int? Silence = null)
{
    public static Mischief Refusal(int status, string? code = null, string? message = null)
    {
        var headers = new Dictionary<string, string>();
        if (code is not null)
            headers["X-Error-Code"] = code;
        if (message is not null)
            headers["X-Error-Message"] = message;
        return new(status, headers);
    }
}
