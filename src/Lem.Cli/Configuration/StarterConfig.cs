using System.Text.Json.Nodes;
using Lem.Core.Configuration;
using Lem.Core.Configuration.Output;
using Lem.Core.Configuration.Presets;

namespace Lem.Cli.Configuration;

/// <summary>A first configuration with a word on each key, ready to run and to be changed.</summary>
static class StarterConfig
{
    const string EmbeddedModel = "synthetic:15m";
    const string HubModel = "Qwen/Qwen2.5-0.5B-Instruct";

    /// <param name="file">Where it will stand; null = not in a file yet.</param>
    /// <param name="preset">The preset it builds on, or null for one that says all itself.</param>
    /// <param name="model">Null = a small one that the engine can run.</param>
    /// <exception cref="ConfigException">There is no such preset.</exception>
    public static string Text(string? file, string? preset, string? model) => $"""
        # An experiment for lem.
        #   check it     lem config validate {file ?? "FILE"}
        #   run it       lem experiment {file ?? "FILE"}
        #   all keys     lem config show {file ?? "FILE"}     engine parameters: lem params
        {Line("config_name", NameOf(file))}

        {(preset is null ? Whole(model) : OverPreset(preset, model))}
        """ + "\n";

    static string Whole(string? model) => $$"""
        # A .gguf file, synthetic:<shape> (dummy weights, nothing to download), or a Hugging Face id.
        {{Line("model_name", model ?? EmbeddedModel)}}
        # backend: llamacpp               # pytorch, vllm, tensorrt, llamacpp or openai; not given = by the model

        # The prompts that ship with lem. Your own in their place:
        #   prompts: { type: file, path: prompts.txt }
        dataset: { name: builtin:starter, sample_size: 50 }
        max_input_tokens: 128             # longer prompts are cut, and the result says how many
        max_output_tokens: 64

        decoder: { preset: deterministic, ignore_eos: true }   # greedy, and every answer of full length
        batching: { batch_size: 1 }       # requests that run together

        num_cycles: 3                     # measured windows of one load: an interval, not a single number
        baseline: { duration_sec: 30 }    # idle power, measured first and subtracted
        """;

    static string OverPreset(string preset, string? model)
    {
        if (!PresetLibrary.Names.Contains(preset))
            throw new ConfigException([new("--preset", $"there is no preset {preset} (lem presets lists them)")]);

        var lines = PresetLibrary.Text(preset).TrimEnd().Split('\n');
        var usesHub = lines.Any(line => line.StartsWith("backend:", StringComparison.Ordinal) && !line.Contains("llamacpp", StringComparison.Ordinal));
        List<string> own =
        [
            $"# {PresetLibrary.Description(preset)}. Keys in this file win over the preset's:",
            .. lines.Skip(1).Select(line => $"#   {line}"),
            Line("preset", preset),
            "",
        ];
        if (model is not null || !Sets("model_name"))
            own.Add(Line("model_name", model ?? (usesHub ? HubModel : EmbeddedModel)));
        if (!Sets("dataset"))
            own.Add("dataset: { name: builtin:starter, sample_size: 50 }   # the prompts that ship with lem");
        own.Add("num_cycles: 3                     # measured windows of one load: an interval, not a single number");
        return string.Join('\n', own);

        bool Sets(string key) => lines.Any(line => line.StartsWith($"{key}:", StringComparison.Ordinal));
    }

    // The file's name as far as a configuration may be called so.
    static string NameOf(string? file)
    {
        var name = string.Concat((Path.GetFileNameWithoutExtension(file) ?? "")
            .Select(character => char.IsAsciiLetterOrDigit(character) || character is '.' or '_' or '-' ? character : '-'));
        return name.Trim('.') is "" ? "my-experiment" : name;
    }

    static string Line(string key, string value) => ConfigYaml.Write(new JsonObject { [key] = value }).TrimEnd();
}
