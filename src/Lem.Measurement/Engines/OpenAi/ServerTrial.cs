using Lem.Core;
using Lem.Measurement.Engines.OpenAi.Dialects;

namespace Lem.Measurement.Engines.OpenAi;

/// <summary>
/// One short request before anything is measured: a wrong name, a refused key, an unknown field or a server that does not count its tokens is
/// found now, and not after an hour.
/// </summary>
static class ServerTrial
{
    const string Prompt = "Hello";

    /// <exception cref="LemException">The request failed, or its tokens cannot be counted.</exception>
    public static async Task RunAsync(IEngine engine, ServerDialect dialect, ServerOptions options, CancellationToken cancellationToken)
    {
        var tokens = await engine.TokenizeAsync(Prompt, cancellationToken);
        var request = new GenerationRequest(0, tokens ?? [], MaxTokens: 4, MinTokens: 0, IgnoreEos: false, new(Greedy: true), Seed: 1, Text: Prompt);
        await foreach (var e in engine.GenerateAsync([request], cancellationToken))
        {
            if (e.Failure is { } failure)
                throw Refused(failure, options);
            if (e.Kind == TokenEventKind.Finished && e.Usage?.OutputTokens is null)
                throw new LemException(
                    "the server does not say how many tokens an answer has (no usage in its stream), so that nothing can be told per token",
                    $"Look for a version or an option of it with stream_options.include_usage; its kind was taken for {dialect.Name}.");
        }
    }

    static LemException Refused(RequestFailure failure, ServerOptions options) => new(
        $"the server refused a first short request: {failure.Message} ({failure.Kind})",
        failure.Message switch
        {
            var m when m.StartsWith("HTTP 401", StringComparison.Ordinal) || m.StartsWith("HTTP 403", StringComparison.Ordinal) =>
                "Name the variable that holds its key: --set server.api_key_env=MY_API_KEY",
            var m when m.StartsWith("HTTP 404", StringComparison.Ordinal) =>
                $"Check the model's name ({options.ModelName}), and that the server has the endpoint: --set server.endpoint=chat_completions is the other one.",
            var m when m.StartsWith("HTTP 400", StringComparison.Ordinal) =>
                "It does not take one of the fields it was sent: what it says names it.",
            _ => "Its log tells more.",
        });
}
