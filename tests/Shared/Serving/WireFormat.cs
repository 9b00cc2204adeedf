namespace Lem.Tests.Shared.Serving;

/// <summary>Legal ways to write the same stream that a reader must not stumble over.</summary>
/// <param name="Crlf">Lines end in CR LF.</param>
/// <param name="Comments">A comment (<c>: ping</c>) stands before every event.</param>
/// <param name="Utf8">Some tokens are words of several bytes per character.</param>
/// <param name="SplitCharacters">Chunks and packets end inside every character of several bytes.</param>
/// <param name="CutBytes">Chunks and packets end after so many bytes; null = one event, one chunk.</param>
sealed record WireFormat(bool Crlf = false, bool Comments = false, bool Utf8 = false, bool SplitCharacters = false, int? CutBytes = null)
{
    public bool CutsEvents => SplitCharacters || CutBytes is not null;
}
