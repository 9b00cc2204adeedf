using System.Text.Json.Nodes;
using Lem.Core.Configuration;
using Lem.Core.Results;
using Lem.Measurement.Load.Prompts;

namespace Lem.Measurement.Experiments;

/// <summary>Whether a workload of given lengths, such as a trace, is as heavy as it says: limits that are lower cut it.</summary>
static class CutLengths
{
    public static Finding? Doubt(PromptSet prompts, ExperimentConfig config)
    {
        var inputs = prompts.Measured.Count(prompt => prompt.InputTokens > config.MaxInputTokens);
        var outputs = prompts.Measured.Count(prompt => prompt.OutputTokens > config.MaxOutputTokens);
        if (inputs + outputs == 0)
            return null;
        var longest = prompts.Measured.Max(prompt => prompt.InputTokens ?? 0);
        var longestOutput = prompts.Measured.Max(prompt => prompt.OutputTokens ?? 0);
        List<(string What, string Remedy)> cut =
        [
            .. inputs == 0 ? (ReadOnlySpan<(string, string)>)[] : [($"{inputs} prompts are longer than max_input_tokens ({config.MaxInputTokens})", $"max_input_tokens: {longest}")],
            .. outputs == 0 ? (ReadOnlySpan<(string, string)>)[] : [($"{outputs} answers are longer than max_output_tokens ({config.MaxOutputTokens})", $"max_output_tokens: {longestOutput}")],
        ];
        return new(
            "lengths_cut",
            FindingSeverity.Warning,
            $"of {prompts.Measured.Count} requests {string.Join(" and ", cut.Select(one => one.What))}: the load is lighter than {prompts.Source} says",
            "prepare",
            $"{string.Join(" and ", cut.Select(one => one.Remedy))} would cut nothing.",
            new JsonObject
            {
                ["cut_prompts"] = inputs,
                ["cut_outputs"] = outputs,
                ["longest_input_tokens"] = longest,
                ["longest_output_tokens"] = longestOutput,
            });
    }
}
