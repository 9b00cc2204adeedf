namespace Lem.Cli.Doctor;

/// <summary>How a check of the machine ended.</summary>
enum CheckStatus
{
    Pass,

    /// <summary>Nothing to judge: worth knowing.</summary>
    Info,

    /// <summary>It can be measured, but worse than it might.</summary>
    Warning,

    /// <summary>It cannot be measured.</summary>
    Fail,
}
