namespace Lem.Cli;

/// <summary>What a run of lem tells the shell.</summary>
enum ExitCode
{
    Success = 0,

    /// <summary>At least one experiment or request failed; what was measured is saved.</summary>
    RunFailed = 1,

    /// <summary>The configuration or the arguments are wrong.</summary>
    UserMistake = 2,

    /// <summary>The machine lacks something: an engine, a GPU, a permission, space. The message says what to do.</summary>
    MachineLacks = 3,

    /// <summary>Finished, but a quality gate that was asked for did not hold.</summary>
    GateFailed = 4,

    /// <summary>A defect in lem (EX_SOFTWARE of sysexits.h).</summary>
    Defect = 70,

    /// <summary>Stopped by Ctrl-C (128 + SIGINT).</summary>
    Interrupted = 130,
}
