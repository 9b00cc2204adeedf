namespace Lem.Core.Configuration;

/// <summary>Errors block a run (unless forced); warnings are stored in the result; infos are only told.</summary>
public enum ConfigSeverity
{
    Error,
    Warning,
    Info,
}
