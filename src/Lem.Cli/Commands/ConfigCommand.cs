using System.CommandLine;

namespace Lem.Cli.Commands;

/// <summary><c>lem config</c>: everything about configuration files, without running any.</summary>
static class ConfigCommand
{
    public static Command Create(CliHost host, GlobalOptions global) => new("config", "Check, show and make configurations. Example: lem config validate my.yaml")
    {
        ConfigValidateCommand.Create(host, global),
        ConfigShowCommand.Create(host, global),
        ConfigNewCommand.Create(host, global),
        ConfigListCommand.Create(host, global),
        ConfigGenerateGridCommand.Create(host, global),
        ConfigSchemaCommand.Create(host),
    };
}
