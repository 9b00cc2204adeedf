namespace Lem.Core.Configuration.Engines;

/// <summary>How a parameter gets to its engine.</summary>
public enum Travel
{
    /// <summary>An argument on the server's command line.</summary>
    Flag,

    /// <summary>A field of each request.</summary>
    Body,

    /// <summary>A keyword (or struct field) when the model is loaded.</summary>
    Load,

    /// <summary>A keyword when tokens are generated.</summary>
    Generate,

    /// <summary>An environment variable of the engine's process.</summary>
    Environment,
}
