using System.CommandLine;
using Lem.Cli.Listings;
using Lem.Cli.Terminal;

namespace Lem.Cli.Commands;

/// <summary><c>lem datasets</c>: the prompt sets that have a name here, and a look into one.</summary>
static class DatasetsCommand
{
    const int UsualCount = 3;

    public static Command Create(CliHost host, GlobalOptions global)
    {
        var command = new Command("datasets", "List the prompt sets that have a name, for lem experiment -d; with a NAME, look into one. Files of your own need none (-p). Example: lem datasets gsm8k");
        var name = new Argument<string?>("NAME") { Description = "One of them, or any Hugging Face data set: org/name, org/name:file.", Arity = ArgumentArity.ZeroOrOne };
        var subset = new Option<string?>("--subset") { Description = "Of several subsets this one.", HelpName = "name" };
        var split = new Option<string?>("--split") { Description = "Of several splits this one; not given = train.", HelpName = "name" };
        var column = new Option<string?>("--column") { Description = "Where the prompts stand; not given = the first of the usual names.", HelpName = "name" };
        var count = new Option<int?>("-n") { Description = $"How many prompts to show; not given = {UsualCount}.", HelpName = "count" };
        command.Arguments.Add(name);
        foreach (var option in new Option[] { subset, split, column, count })
            command.Options.Add(option);
        command.Validators.Add(result =>
        {
            if (result.GetValue(count) is < 1 or > 100)
                result.AddError("-n must be 1 to 100");
        });
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var messages = new Messages(host);
            var answer = new Answer(host, messages, parsed.GetValue(global.Json));
            var sets = new PromptSetListing(host, messages);
            if (parsed.GetValue(name) is not { } wanted)
                answer.Write(() => PromptSetListing.Text(sets.Rows()), () => PromptSetListing.Json(sets.Rows()));
            else
            {
                var look = await sets.LookAsync(new(wanted, parsed.GetValue(split), parsed.GetValue(subset), parsed.GetValue(column)), parsed.GetValue(count) ?? UsualCount, cancellationToken);
                answer.Write(look.Text, look.Json);
            }

            return (int)ExitCode.Success;
        });
        return command;
    }
}
