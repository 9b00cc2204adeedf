using System.CommandLine;
using Lem.Cli.Models;
using Lem.Cli.Terminal;

namespace Lem.Cli.Commands;

/// <summary><c>lem model show</c>: what a model is and what a token of it costs, from its dimensions alone.</summary>
static class ModelShowCommand
{
    const int UsualContext = 4096;

    public static Command Create(CliHost host, GlobalOptions global)
    {
        var command = new Command("show", "Tell what a model is: architecture, parameters, FLOPs per token, memory. Nothing is loaded or made, and of a model on Hugging Face only the head is fetched. Example: lem model show model.gguf --context 8192");
        var model = new Argument<string>("MODEL") { Description = "A .gguf file, org/repo:file.gguf or org/repo:Q4_K_M on Hugging Face, or synthetic:<shape>." };
        var revision = new Option<string?>("--revision") { Description = "Commit, tag or branch of the repository; not given = main.", HelpName = "revision" };
        var context = new Option<int?>("--context") { Description = $"Tokens in the KV cache of the estimate; not given = {UsualContext}, or the model's own limit if lower.", HelpName = "tokens" };
        context.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int?>() is < 1)
                result.AddError("--context must be 1 or more");
        });
        command.Arguments.Add(model);
        command.Options.Add(context);
        command.Options.Add(revision);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var messages = new Messages(host);
            var file = await new ModelSource(host, messages).OpenAsync(parsed.GetRequiredValue(model), parsed.GetValue(revision), cancellationToken);
            var card = ModelCard.Of(parsed.GetRequiredValue(model), file, parsed.GetValue(context), UsualContext);
            new Answer(host, messages, parsed.GetValue(global.Json)).Write(card.Text, card.Json);
            return (int)ExitCode.Success;
        });
        return command;
    }
}
