using System.Text;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Lem.Core.Configuration;
using Lem.Core.Configuration.Documents;
using Lem.Core.Configuration.Output;
using Lem.Core.Configuration.Presets;
using Xunit;

namespace Lem.Tests.Core.Configuration;

public sealed class ConfigRoundTripTests : IDisposable
{
    readonly ConfigFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Any_text_survives_being_written_as_yaml_and_read_again() =>
        Prop.ForAll(ArbMap.Default.ArbFor<NonNull<string>>().Filter(text => !HasSurrogate(text.Get)), text =>
        {
            var map = new JsonObject { ["key"] = text.Get, ["list"] = new JsonArray(text.Get, 1, null), ["map"] = new JsonObject { [text.Get] = text.Get } };
            return JsonNode.DeepEquals(map, Reread(map));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_configuration_survives_being_written_as_yaml_and_loaded_again() =>
        Prop.ForAll(Configurations.ToArbitrary(), yaml =>
        {
            var first = _folder.Load(yaml);
            var second = _folder.Load(ConfigYaml.Write(first.Effective));
            return JsonNode.DeepEquals(first.Effective, second.Effective) && first.ConfigHash == second.ConfigHash;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_hash_is_of_what_is_measured_not_of_how_it_is_written_or_named()
    {
        var hash = _folder.LoadFragment("decoder: { temperature: 1, top_p: 0.9 }\n").ConfigHash;

        Assert.Equal(64, hash.Length);
        Assert.Equal(hash, _folder.Load("model_name: synthetic:tiny\ndecoder: { top_p: 0.90, temperature: 1.0 }\nconfig_name: other\nbackend: llamacpp\n").ConfigHash);
        Assert.Equal(hash, _folder.LoadFragment("decoder: { top_p: 0.9 }\nio: { results_dir: x }\nextra_metadata: { a: 1 }\nrunner: local\n").ConfigHash);
        Assert.NotEqual(hash, _folder.LoadFragment("decoder: { top_p: 0.8 }\n").ConfigHash);
    }

    [Fact]
    public void Mutated_files_give_a_configuration_or_the_users_mistakes_and_nothing_else()
    {
        var random = new Random(20260101);
        string[] corpus =
        [
            .. PresetLibrary.Names.Select(name => $"config_name: a\n{PresetLibrary.Text(name)}"),
            "config_name: a\nmodel_name: &m x\nadapter: *m\nprompts: {type: synthetic, input_tokens: 5}\ngpus: [0, 'MIG-1']\n",
            "campaign_name: c\nbase_config: {model: {name: a}}\nvary: {backend: [vllm, pytorch], batch_size: [1, 2]}\n",
        ];
        // A long run is one command away: LEM_FUZZ_ROUNDS=1000000.
        var rounds = int.TryParse(Environment.GetEnvironmentVariable("LEM_FUZZ_ROUNDS"), out var asked) ? asked : 1_000;
        for (var round = 0; round < rounds; round++)
        {
            var yaml = Mutate(corpus[random.Next(corpus.Length)], random);
            try
            {
                _folder.Load(yaml);
            }
            catch (ConfigException exception)
            {
                Assert.NotEmpty(exception.Errors);
            }
        }
    }

    static Gen<string> Configurations =>
        from keys in Gen.SubListOf(
            "max_input_tokens: 7", "max_output_tokens: 9", "streaming: true", "gpus: [0, 1]", "gpus_placeholder",
            "decoder: { preset: creative, top_k: 3 }", "batching: { strategy: sorted_dynamic, batch_size: 4, max_tokens_per_batch: 100 }",
            "prompts: { type: synthetic, count: 5, input_tokens: { dist: normal, mean: 9.5, sd: 2, min: 1, max: 90 }, output_tokens: 4 }",
            "traffic_simulation: { enabled: true, mode: ramp, ramp: { from_qps: 0.5, to_qps: 3, duration_sec: 10 } }",
            "slo: { ttft_ms: 100.5 }", "warmup: { timeout_sec: 3 }", "energy: { sources: [rapl, estimated], country: DEU }",
            "extra_metadata: { 'odd: key': [1, { a: \"#x\" }], n: 1e-7, empty: {}, none: [] }", "num_cycles: 4", "random_seed: -3",
            "llamacpp: { n_ctx: 99, lora: [{ path: a.gguf, scale: 0.5 }], extra: { x: null, y: { z: 'true' } } }",
            "schedule: { enabled: true, at: '03:00', days: weekdays }", "model_revision: '0123'", "adapter: 'null'")
        select "config_name: a\nmodel_name: synthetic:tiny\n" + string.Join('\n', keys.Where(key => key != "gpus_placeholder")) + "\n";

    static string Mutate(string yaml, Random random)
    {
        var text = new StringBuilder(yaml);
        const string Alphabet = ":{}[]-,#&*!|>'\"%@`\n\t \\0aé\ud83d\u0000~?.";
        for (var edits = random.Next(1, 6); edits > 0; edits--)
        {
            var at = random.Next(text.Length);
            switch (random.Next(4))
            {
                case 0:
                    text.Remove(at, Math.Min(random.Next(1, 8), text.Length - at));
                    break;
                case 1:
                    text.Insert(at, Alphabet[random.Next(Alphabet.Length)]);
                    break;
                case 2:
                    text[at] = Alphabet[random.Next(Alphabet.Length)];
                    break;
                default:
                    var start = random.Next(text.Length);
                    text.Insert(at, text.ToString(start, Math.Min(random.Next(1, 30), text.Length - start)));
                    break;
            }
            if (text.Length == 0)
                return "";
        }
        return text.ToString();
    }

    static JsonObject Reread(JsonObject map) =>
        (JsonObject)YamlReader.Read(ConfigYaml.Write(map), new(Layer.File, "file:x", Location: new("x", 1, 1)))!.ToJson()!;

    static bool HasSurrogate(string text) => text.Any(char.IsSurrogate);
}
