using Lem.Core.Configuration;
using Xunit;

namespace Lem.Tests.Core.Configuration;

public sealed class ConfigLoaderTests : IDisposable
{
    readonly ConfigFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void With_nothing_at_all_the_quick_test_runs_on_a_synthetic_model()
    {
        var loaded = _folder.Loader.Load(new());

        Assert.Equal("quick-test", loaded.Config.ConfigName);
        Assert.Equal("synthetic:15m", loaded.Config.ModelName);
        Assert.Equal(Backend.Llamacpp, loaded.Config.Backend);
        Assert.Equal("builtin:starter", loaded.Config.Dataset!.Name);
        Assert.Equal(5, loaded.Config.Baseline.DurationSec);
        Assert.Equal(["quick-test", "decoder.deterministic"], loaded.PresetChain);
        Assert.True(loaded.Config.Decoder.IsGreedy);
        Assert.DoesNotContain(loaded.Problems, problem => problem.Severity is ConfigSeverity.Error);
    }

    [Fact]
    public void A_file_of_two_keys_has_the_documented_defaults_for_all_others()
    {
        var config = _folder.Load("config_name: a\nmodel_name: meta-llama/Llama-3.1-8B\n").Config;

        Assert.Equal(Backend.Pytorch, config.Backend);
        Assert.Equal(Precision.Float16, config.FpPrecision);
        Assert.Equal([GpuId.FromInt32(0)], config.Gpus!);
        Assert.Equal(512, config.MaxInputTokens);
        Assert.Equal(128, config.MaxOutputTokens);
        Assert.Equal(new DatasetConfig("ai-energy-score", 100), config.Dataset);
        Assert.Equal(new DecoderConfig(), config.Decoder);
        Assert.Equal(1.0, config.Decoder.Temperature);
        Assert.Equal(50, config.Decoder.TopK);
        Assert.Equal(0.05, config.Warmup.CvThreshold);
        Assert.Equal(30, config.Baseline.DurationSec);
        Assert.Equal("24h", config.Schedule.TotalDuration);
        Assert.Equal([EnergySourceChoice.Auto], config.Energy.Sources);
    }

    [Theory]
    [InlineData("synthetic:tiny", Backend.Llamacpp)]
    [InlineData("models/a.gguf", Backend.Llamacpp)]
    [InlineData("org/repo:file.gguf", Backend.Llamacpp)]
    [InlineData("org/repo", Backend.Pytorch)]
    public void The_model_decides_the_backend_when_none_is_named(string model, Backend backend) =>
        Assert.Equal(backend, _folder.Load($"config_name: a\nmodel_name: {model}\n").Config.Backend);

    [Fact]
    public void Each_layer_overrules_the_one_below()
    {
        _folder.Write("../home/.config/lem/config.yaml", "results_dir: from-user\npue: 1.1\ncarbon_intensity_g_per_kwh: 100\n");
        _folder.Write(".lem-config.yaml", "results_dir: from-project\npue: 1.2\n");
        _folder.Variables["LEM_PUE"] = "1.3";

        var loaded = _folder.LoadFragment("preset: benchmark\nmax_output_tokens: 99\n", new ConfigOverride("max_input_tokens", "77", "--max-input"));

        Assert.Equal("from-project", loaded.Config.Io.ResultsDir);
        Assert.Equal(1.3, loaded.Config.Energy.Pue);
        Assert.Equal(100, loaded.Config.Energy.CarbonIntensityGPerKwh);
        Assert.Equal(99, loaded.Config.MaxOutputTokens);
        Assert.Equal(77, loaded.Config.MaxInputTokens);
        Assert.Equal("user:.lem-config.yaml", SourceOf(loaded, "io.results_dir"));
        Assert.Equal("environment", SourceOf(loaded, "energy.pue"));
        Assert.Equal("file:test.yaml", SourceOf(loaded, "max_output_tokens"));
        Assert.Equal("preset:benchmark", SourceOf(loaded, "fp_precision"));
        Assert.Equal("preset:deterministic", SourceOf(loaded, "decoder.temperature"));
        Assert.Equal("default", SourceOf(loaded, "decoder.top_k"));
        var cli = Assert.Single(loaded.Provenance, entry => entry.Path == "max_input_tokens");
        Assert.Equal(("cli", "--max-input"), (cli.Source, cli.Detail));
    }

    [Fact]
    public void Every_leaf_of_the_effective_configuration_has_a_provenance()
    {
        var loaded = _folder.LoadFragment("llamacpp: { n_ctx: 512, extra: { a: { b: 1 } } }\nextra_metadata: { who: me }\n");

        Assert.Equal(loaded.Provenance.Count, loaded.Provenance.Select(entry => entry.Path).Distinct().Count());
        Assert.Equal("file:test.yaml", SourceOf(loaded, "llamacpp.n_ctx"));
        Assert.Equal("file:test.yaml", SourceOf(loaded, "llamacpp.extra.a.b"));
        Assert.Equal("file:test.yaml", SourceOf(loaded, "extra_metadata.who"));
    }

    [Fact]
    public void A_typo_gives_path_line_column_and_the_key_that_was_meant()
    {
        var error = Assert.Single(_folder.ErrorsOf("batching:\n  batch_szie: 4\n"));

        Assert.Equal("batching.batch_szie", error.Path);
        Assert.Equal("unknown; did you mean `batching.batch_size`?", error.Message);
        Assert.Equal(new ConfigLocation("test.yaml", 4, 3), error.Location);
    }

    [Fact]
    public void Two_typos_give_two_errors()
    {
        var errors = _folder.ErrorsOf("max_output_token: 4\nwarmup: { cv_treshold: 0.1 }\n");

        Assert.Equal(["max_output_token", "warmup.cv_treshold"], errors.Select(error => error.Path));
    }

    [Theory]
    [InlineData("batch_size: 4", "batching.batch_size")]
    [InlineData("temperature: 0", "decoder.temperature")]
    [InlineData("decoder: { max_output_tokens: 4 }", "max_output_tokens")]
    [InlineData("llamacpp: { n_ctxx: 4 }", "llamacpp.n_ctx")]
    [InlineData("prompts: { type: file, pth: x }", "prompts.path")]
    public void A_key_in_the_wrong_place_is_told_where_it_belongs(string yaml, string meant) =>
        Assert.Equal($"unknown; did you mean `{meant}`?", Assert.Single(_folder.ErrorsOf(yaml)).Message);

    [Theory]
    [InlineData("max_output_tokens: \"128\"", "must be a whole number, but is the text \"128\"; write 128 without quotes")]
    [InlineData("max_output_tokens: 1.5", "must be a whole number, but is 1.5")]
    [InlineData("streaming: yes", "must be true or false, but is the text \"yes\"; write true")]
    [InlineData("decoder: 3", "must be a mapping, but is 3")]
    [InlineData("config_name: x\nadapter: 3", "must be text, but is 3; write \"3\" in quotes")]
    [InlineData("backend: vlm", "must be pytorch, vllm, tensorrt, llamacpp or openai, but is vlm; did you mean `vllm`?")]
    [InlineData("fp_precision: float8", "must be float32, float16 or bfloat16, but is float8")]
    [InlineData("max_output_tokens: null", "must be a whole number, but is null")]
    public void A_wrong_kind_says_what_is_wanted_and_what_was_found(string yaml, string message)
    {
        yaml = yaml.Replace("config_name: x\n", "", StringComparison.Ordinal);

        Assert.Equal(message, Assert.Single(_folder.ErrorsOf(yaml)).Message);
    }

    [Theory]
    [InlineData("decoder: { temperature: 3 }", "decoder.temperature: must be 0 to 2, but is 3")]
    [InlineData("min_output_tokens: 500", "min_output_tokens: must not exceed max_output_tokens (128), but is 500")]
    [InlineData("num_cycles: 101", "num_cycles: must be 1 to 100, but is 101")]
    [InlineData("warmup: { max_prompts: 3, min_prompts: 5 }", "warmup.min_prompts: must not exceed max_prompts (3), but is 5")]
    [InlineData("schedule: { enabled: true }", "schedule.enabled: needs interval or at")]
    [InlineData("backend: vllm\nvllm: { gpu_memory_utilization: 2 }", "vllm.gpu_memory_utilization: must be in (0, 1], but is 2")]
    [InlineData("config_name: a/b", "config_name: must be letters, digits, . _ - (at most 200), but is a/b")]
    public void A_value_out_of_range_names_the_range(string yaml, string message)
    {
        var error = yaml.StartsWith("config_name", StringComparison.Ordinal)
            ? Assert.Throws<ConfigException>(() => _folder.Load($"model_name: m\n{yaml}\n")).Errors[0]
            : _folder.ErrorsOf(yaml)[0];

        Assert.Equal(message, $"{error.Path}: {error.Message}");
        Assert.NotNull(error.Location);
    }

    [Theory]
    [InlineData(2, 2, 3)]
    [InlineData(4, 4, 4)]
    [InlineData(30, 5, 5)]
    public void Few_warm_up_prompts_shorten_what_nobody_chose(int most, int minPrompts, int windowSize)
    {
        var warmup = _folder.Load($"config_name: t\nmodel_name: m\nbackend: llamacpp\nwarmup: {{ max_prompts: {most} }}\n").Config.Warmup;

        Assert.Equal((minPrompts, windowSize), (warmup.MinPrompts, warmup.WindowSize));
    }

    [Fact]
    public void Arrivals_that_nobody_turned_on_are_told_to_have_no_effect()
    {
        var loaded = _folder.Load("config_name: t\nmodel_name: m\nbackend: llamacpp\ntraffic_simulation: { mode: gamma, burstiness: 0.5 }\n");

        Assert.Equal(["traffic_simulation.mode", "traffic_simulation.burstiness"], loaded.Problems.Where(p => p.Severity is ConfigSeverity.Warning).Select(p => p.Path));
    }

    [Fact]
    public void A_file_without_name_and_model_gets_both_errors()
    {
        var errors = Assert.Throws<ConfigException>(() => _folder.Load("streaming: true\n")).Errors;

        Assert.Equal(["config_name", "model_name"], errors.Select(error => error.Path));
    }

    [Fact]
    public void An_unknown_preset_is_told_the_nearest()
    {
        var error = Assert.Single(Assert.Throws<ConfigException>(() => _folder.Loader.Load(new(Preset: "quicktest"))).Errors);

        Assert.StartsWith("there is no preset quicktest; did you mean `quick-test`?", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_sampling_preset_yields_to_explicit_keys()
    {
        var loaded = _folder.LoadFragment("decoder: { preset: creative, top_p: 0.5 }\n");

        Assert.Equal(new DecoderConfig(SamplingPreset.Creative, 0.8, true, 50, 0.5, 0, 1.1), loaded.Config.Decoder);
        Assert.Contains(loaded.Problems, problem => problem is { Path: "decoder.preset", Severity: ConfigSeverity.Info });
    }

    [Fact]
    public void Short_forms_mean_the_long_ones()
    {
        var config = _folder.LoadFragment("gpus: 0\nfp_precision: bf16\nprompts: { type: synthetic, input_tokens: 64 }\n").Config;

        Assert.Equal([GpuId.FromInt32(0)], config.Gpus!);
        Assert.Equal(Precision.Bfloat16, config.FpPrecision);
        Assert.Equal(new TokenLengths(LengthDistribution.Fixed, 64), Assert.IsType<SyntheticPrompts>(config.Prompts).InputTokens);
        Assert.Null(config.Dataset);
    }

    [Fact]
    public void Gpus_may_be_uuids() =>
        Assert.Equal([new GpuId(1, null), new GpuId(null, "MIG-1234")], _folder.LoadFragment("gpus: [1, MIG-1234]\n").Config.Gpus!);

    [Fact]
    public void Prompts_and_dataset_in_one_file_are_an_error()
    {
        var errors = _folder.ErrorsOf("dataset: alpaca\nprompts: { type: file, path: p.txt }\n");

        Assert.Equal("prompts", Assert.Single(errors).Path);
    }

    [Fact]
    public void Prompts_from_the_command_line_displace_the_files_dataset()
    {
        var config = _folder.LoadFragment("dataset: alpaca\n", new ConfigOverride("prompts", "{type: file, path: p.txt}", "--prompts")).Config;

        Assert.Null(config.Dataset);
        Assert.Equal(new FilePrompts("p.txt"), config.Prompts);
    }

    [Fact]
    public void A_section_of_another_backend_is_an_error_in_the_file_and_a_note_in_its_base()
    {
        Assert.Contains(_folder.ErrorsOf("backend: pytorch\nvllm: { max_num_seqs: 4 }\n"), error => error.Path == "vllm");

        _folder.Write("base.yaml", "vllm: { max_num_seqs: 4 }\n");
        var loaded = _folder.LoadFragment("_extends: base.yaml\nbackend: pytorch\n");

        Assert.False(loaded.Config.HasSection(Backend.Vllm));
        Assert.Contains(loaded.Problems, problem => problem is { Path: "vllm", Severity: ConfigSeverity.Info });
    }

    [Fact]
    public void Extra_passes_anything_but_declared_parameters()
    {
        var loaded = _folder.LoadFragment("backend: vllm\nvllm: { extra: { new_flag: [1, {a: b}] } }\n");
        Assert.Equal("""[1,{"a":"b"}]""", loaded.Config.Engine.Extra["new_flag"]!.ToJsonString());

        var error = Assert.Single(_folder.ErrorsOf("backend: vllm\nvllm: { extra: { max_num_seqs: 1 } }\n"));
        Assert.Equal("is a declared parameter: write `vllm.max_num_seqs`", error.Message);
    }

    [Fact]
    public void Force_lets_errors_of_the_checks_pass_but_not_mistakes_of_form()
    {
        _folder.Write("a.yaml", "config_name: a\nmodel_name: m\nbackend: tensorrt\nfp_precision: float32\n");
        Assert.Throws<ConfigException>(() => _folder.Loader.Load(new("a.yaml")));
        var forced = _folder.Loader.Load(new("a.yaml", Force: true));
        Assert.Contains(forced.Problems, problem => problem is { Path: "fp_precision", Severity: ConfigSeverity.Error });

        _folder.Write("b.yaml", "config_name: a\nmodel_name: m\nnum_cycles: 0\n");
        Assert.Throws<ConfigException>(() => _folder.Loader.Load(new("b.yaml", Force: true)));
    }

    [Fact]
    public void A_null_section_is_the_sections_defaults() =>
        Assert.Equal(new WarmupConfig(), _folder.LoadFragment("warmup:\nvllm:\n").Config.Warmup);

    static string SourceOf(LoadedConfig loaded, string path) => Assert.Single(loaded.Provenance, entry => entry.Path == path).Source;

    [Fact]
    public void A_rate_for_sampling_the_idle_is_told_to_have_no_meaning_any_more()
    {
        var loaded = _folder.LoadFragment("baseline: { duration_sec: 10, sample_interval_ms: 100 }\n");

        Assert.Contains(
            loaded.Problems,
            problem => problem is { Path: "baseline.sample_interval_ms", Severity: ConfigSeverity.Warning } && problem.Message.Contains("as fast as each sensor", StringComparison.Ordinal));
        Assert.Equal(10, loaded.Config.Baseline.DurationSec);
    }
}
