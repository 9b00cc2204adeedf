using Lem.Cli;
using Lem.Cli.Terminal;

// Before anything else is set up: the version is asked for by scripts, many times.
if (args is ["--version"] or ["-V"])
{
    Console.Out.WriteLine(LemVersion.Text);
    return (int)ExitCode.Success;
}

var host = CliHost.ForThisProcess();
try
{
    return (int)await LemCli.RunAsync(args, host);
}
catch (Exception e)
{
    var messages = new Messages(host);
    messages.Error($"this is a defect in lem: {e.Message}", "Please report it with the lines below.");
    messages.Note(e.ToString());
    return (int)ExitCode.Defect;
}
