namespace Lem.Cli.Experiments;

/// <summary>How a session talks: nothing but errors, events as JSON lines on stdout, or the result as JSON on stdout.</summary>
sealed record SessionOptions(bool Quiet, bool Json, bool Events)
{
    /// <summary>Nobody wants to see how it goes.</summary>
    public bool IsSilent => Quiet || Events;
}
