using System.CommandLine;

namespace Lem.Cli.Commands;

/// <summary><c>lem completion</c>: the lines that teach a shell to complete lem's commands and options.</summary>
static class CompletionCommand
{
    // Each asks lem itself ([suggest:<cursor>] "<line without lem>"), so that no list of options goes stale.
    const string Bash = """
        _lem_complete() {
            local line=${COMP_LINE#* }
            local before=$((${#COMP_LINE} - ${#line}))
            local IFS=$'\n'
            COMPREPLY=($(compgen -W "$(lem "[suggest:$((COMP_POINT - before))]" "$line" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}"))
        }
        complete -o default -F _lem_complete lem
        """;

    const string Zsh = """
        #compdef lem
        _lem() {
            local line=${BUFFER#* }
            local before=$((${#BUFFER} - ${#line}))
            local -a words=("${(@f)$(lem "[suggest:$((CURSOR - before))]" "$line" 2>/dev/null)}")
            compadd -- ${words:#} || _files
        }
        compdef _lem lem
        """;

    const string Fish = """
        function __lem_complete
            set -l line (commandline -cp)
            set -l rest (string replace -r '^\S+\s+' '' -- $line)
            lem "[suggest:"(string length -- $rest)"]" "$rest" 2>/dev/null
        end
        complete -c lem -a '(__lem_complete)'
        """;

    public static Command Create(CliHost host)
    {
        var command = new Command("completion", "Write what makes a shell complete lem's commands and options. Example: lem completion bash > ~/.local/share/bash-completion/completions/lem");
        var shell = new Argument<string>("SHELL") { Description = "bash, zsh, or fish." };
        shell.AcceptOnlyFromAmong("bash", "zsh", "fish");
        command.Arguments.Add(shell);
        command.SetAction(parsed =>
        {
            host.Out.WriteLine(parsed.GetValue(shell) switch
            {
                "zsh" => Zsh,
                "fish" => Fish,
                _ => Bash,
            });
            return (int)ExitCode.Success;
        });
        return command;
    }
}
