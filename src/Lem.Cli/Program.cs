using Lem.Cli;

// Before anything else is set up: the version is asked for by scripts, many times.
if (args is ["--version"] or ["-V"])
{
    Console.Out.WriteLine(LemVersion.Text);
    return (int)ExitCode.Success;
}

return (int)await LemCli.RunAsync(args, CliHost.ForThisProcess());
