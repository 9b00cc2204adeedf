namespace Lem.Core.Configuration.Documents;

/// <summary>Who may overrule whom, lowest first.</summary>
enum Layer
{
    Default,
    UserSettings,
    ProjectSettings,
    Environment,
    Preset,
    File,
    CommandLine,
}
