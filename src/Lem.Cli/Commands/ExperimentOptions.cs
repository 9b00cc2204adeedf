using System.CommandLine;
using System.Text.Json.Nodes;
using Lem.Core.Configuration;

namespace Lem.Cli.Commands;

/// <summary>
/// The options of <c>lem experiment</c> that stand for keys of the configuration. Values pass as they were typed: the configuration's own
/// checks name the key, the limit, and what was found.
/// </summary>
sealed class ExperimentOptions
{
    readonly List<(Option Option, Func<ParseResult, IEnumerable<ConfigOverride>> Overrides)> _options = [];

    readonly Option<string> _prompts = new("--prompts", "-p") { Description = "File of prompts: one per line, .jsonl, or .csv.", HelpName = "file" };
    readonly Option<string> _count = new("--num-prompts", "-n", "--sample-size") { Description = "Prompts to run.", HelpName = "n" };
    readonly Option<string> _column = new("--column") { Description = "Column of the prompt text in a data set, .jsonl, or .csv.", HelpName = "name" };
    readonly Option<string> _inputLength = new("--input-len") { Description = "Synthetic prompts of this many tokens.", HelpName = "tokens" };
    readonly Option<string> _outputLength = new("--output-len") { Description = "Exactly this many output tokens.", HelpName = "tokens" };
    readonly Option<string> _goodput = new("--goodput") { Description = "Latency objectives in ms: ttft:200,tpot:50,e2e:5000.", HelpName = "objectives" };

    readonly Option<string[]> _set = new("--set")
    {
        Description = "Set any key of the configuration: vllm.max_num_seqs=64, or batch_size=8 where the last part of the path is unique. Repeatable.",
        HelpName = "path=value",
    };

    public ExperimentOptions()
    {
        Text("--model", "model_name", "Hugging Face id, org/repo:Q4_K_M or org/repo:file.gguf there, local directory, .gguf file, or synthetic:<shape>.", "model", "-m");
        Text("--backend", "backend", "Engine: pytorch, vllm, tensorrt, llamacpp, or openai.", "name");
        Text("--dataset", "dataset.name", "Prompt set: builtin:starter, a built-in alias, or a Hugging Face data set.", "name", "-d");
        Text("--split", "dataset.split", "Split of the data set.", "name");
        _options.Add((_count, parsed => [new("num_input_prompts", parsed.GetValue(_count) ?? "", "--num-prompts")]));
        Typed("--cycles", "num_cycles", "Repetitions of the measured window, 1–100.", "n", "-c");
        Typed("--batch-size", "batching.batch_size", "Requests that run together.", "n", "-b");
        Typed("--max-tokens", "max_output_tokens", "Most output tokens of a request.", "n");
        Typed("--seed", "random_seed", "Seed of sampling and synthetic prompts.", "n");
        Flag("--streaming", "streaming", "Measure per-token latency.");
        Flag("--ignore-eos", "decoder.ignore_eos", "Generate to the limit whatever the model says.");
        Text("--url", "server.url", "Address of a running server.", "url");
        Typed("--concurrency", "concurrency", "Closed loop: requests in flight.", "n");
        Typed("--rate", "traffic_simulation.target_qps", "Open loop: requests per second.", "qps", implied: new("traffic_simulation.enabled", "true", "--rate"));
        Typed("--burstiness", "traffic_simulation.burstiness", "Gamma shape of the gaps between requests; 1 = Poisson.", "shape", implied: new("traffic_simulation.mode", "gamma", "--burstiness"));
        _options.Add((_prompts, PromptFileOverrides));
        _options.Add((_column, ColumnOverrides));
        _options.Add((_inputLength, SyntheticOverrides));
        _options.Add((_outputLength, OutputLengthOverrides));
        _options.Add((_goodput, GoodputOverrides));
        _options.Add((_set, parsed => (parsed.GetValue(_set) ?? []).Select(Assignment)));
    }

    public void AddTo(Command command)
    {
        foreach (var (option, _) in _options)
            command.Options.Add(option);
    }

    /// <summary>The keys that were set on the command line, in order; <c>--set</c> comes last and wins.</summary>
    /// <exception cref="ConfigException">An option's value has not the form it must have.</exception>
    public IReadOnlyList<ConfigOverride> Overrides(ParseResult parsed) =>
        [.. _options.Where(o => parsed.GetResult(o.Option) is { Implicit: false }).SelectMany(o => o.Overrides(parsed))];

    void Text(string name, string path, string description, string value, params string[] aliases)
    {
        var option = new Option<string>(name, aliases) { Description = description, HelpName = value };
        _options.Add((option, parsed => [new(path, parsed.GetValue(option) ?? "", name)]));
    }

    void Typed(string name, string path, string description, string value, string? alias = null, ConfigOverride? implied = null)
    {
        var option = new Option<string>(name, alias is null ? [] : [alias]) { Description = description, HelpName = value };
        _options.Add((option, parsed =>
        {
            var own = new ConfigOverride(path, parsed.GetValue(option) ?? "", name);
            return implied is null ? [own] : [implied, own];
        }
        ));
    }

    void Flag(string name, string path, string description)
    {
        var option = new Option<bool>(name) { Description = description };
        _options.Add((option, parsed => [new(path, parsed.GetValue(option) ? "true" : "false", name)]));
    }

    List<ConfigOverride> PromptFileOverrides(ParseResult parsed)
    {
        var path = parsed.GetValue(_prompts) ?? "";
        var type = Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".jsonl" or ".ndjson" => "jsonl",
            ".csv" => "csv",
            _ => "file",
        };
        var prompts = new JsonObject { ["type"] = type, ["path"] = path };
        if (type is not "file" && parsed.GetValue(_column) is { } column)
            prompts["column"] = column;
        // A file named on the command line stands in the place of whatever data set the configuration names, and so does its length.
        var source = new List<ConfigOverride> { new("dataset", "null", "--prompts"), new("prompts", prompts.ToJsonString(), "--prompts") };
        if (parsed.GetResult(_count) is null or { Implicit: true })
            source.Add(new("num_input_prompts", "null", "--prompts"));
        return source;
    }

    IEnumerable<ConfigOverride> ColumnOverrides(ParseResult parsed) =>
        parsed.GetValue(_prompts) is null ? [new("dataset.column", parsed.GetValue(_column) ?? "", "--column")] : [];

    IEnumerable<ConfigOverride> SyntheticOverrides(ParseResult parsed)
    {
        var input = parsed.GetValue(_inputLength);
        var output = parsed.GetValue(_outputLength);
        var prompts = $"{{type: synthetic, input_tokens: {input}{(output is null ? "" : $", output_tokens: {output}")}}}";
        return
        [
            new("dataset", "null", "--input-len"),
            new("max_input_tokens", input ?? "", "--input-len"),
            new("prompts", prompts, "--input-len"),
        ];
    }

    // Without synthetic prompts a fixed length is the limit, reached by ignoring the end of text.
    IEnumerable<ConfigOverride> OutputLengthOverrides(ParseResult parsed)
    {
        var output = parsed.GetValue(_outputLength) ?? "";
        yield return new("max_output_tokens", output, "--output-len");
        yield return new("decoder.ignore_eos", "true", "--output-len");
    }

    IEnumerable<ConfigOverride> GoodputOverrides(ParseResult parsed)
    {
        foreach (var part in (parsed.GetValue(_goodput) ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            // A name that is none, or a limit that is no number, is told with all other mistakes, by the keys' own checks.
            var (name, milliseconds) = part.Split(':', 2) is [var left, var right] ? (left, right) : (part, "");
            yield return new($"slo.{name}_ms", milliseconds, "--goodput");
        }
    }

    static ConfigOverride Assignment(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        return equals > 0
            ? new(text[..equals], text[(equals + 1)..], "--set")
            : throw new ConfigException([new("--set", $"must be path=value, but is {text}")]);
    }
}
