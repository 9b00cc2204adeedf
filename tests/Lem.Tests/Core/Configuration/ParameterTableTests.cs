using System.Text.Json.Nodes;
using Lem.Core.Configuration;
using Lem.Core.Configuration.Documents;
using Lem.Core.Configuration.Engines;
using Lem.Core.Configuration.Loading;
using Xunit;

namespace Lem.Tests.Core.Configuration;

public class ParameterTableTests
{
    public static TheoryData<Backend> Backends { get; } = [.. Enum.GetValues<Backend>()];

    [Theory]
    [MemberData(nameof(Backends))]
    public void Every_row_says_its_effect_and_why_it_matters_or_not(Backend backend)
    {
        var rows = AllRows(ParameterTables.For(backend).Parameters).ToList();

        Assert.NotEmpty(rows);
        Assert.All(rows, row => Assert.True(row.Effect.Length > 3 && row.Reason.Length > 3, row.Name));
        Assert.Equal(rows.Count, rows.Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Backends))]
    public void Every_default_fits_its_own_range(Backend backend)
    {
        foreach (var row in AllRows(ParameterTables.For(backend).Parameters).Where(row => row.Default is not null))
        {
            var problems = ShapeChecker.Check(ConfigNode.From(row.Default, Origin.Default), row.Shape, ParameterTables.For(backend).Shape, row.Name);
            Assert.True(problems.Count == 0, $"{row.Name}: {string.Join("; ", problems)}");
        }
    }

    [Theory]
    [MemberData(nameof(Backends))]
    public void Every_rule_names_a_parameter_and_lets_an_empty_section_pass(Backend backend)
    {
        var table = ParameterTables.For(backend);

        Assert.All(table.Rules, rule => Assert.NotNull(table.Find(rule.Path)));
        Assert.All(table.Rules, rule => Assert.Null(rule.Broken(new(table, []))));
    }

    [Theory]
    [InlineData(Backend.Llamacpp, "n_ctx n_batch n_ubatch n_threads n_threads_batch n_gpu_layers split_mode main_gpu tensor_split flash_attn type_k type_v offload_kqv kv_unified load_mode numa lora")]
    [InlineData(Backend.Pytorch, "load_in_4bit bnb_4bit_compute_dtype attn_implementation torch_compile torch_compile_backend use_cache cache_implementation low_cpu_mem_usage max_memory no_repeat_ngram_size output_scores num_beams length_penalty assistant_model num_assistant_tokens")]
    [InlineData(Backend.Vllm, "max_num_seqs max_num_batched_tokens gpu_memory_utilization cpu_offload_gb tensor_parallel_size pipeline_parallel_size distributed_executor_backend enable_prefix_caching enable_chunked_prefill kv_cache_dtype block_size max_model_len enforce_eager attention_config.backend quantization load_format logprobs logit_bias speculative_config.num_speculative_tokens max_loras max_lora_rank")]
    [InlineData(Backend.Tensorrt, "engine_path force_rebuild engine_cache_dir max_batch_size max_input_len build_config.strongly_typed tensor_parallel_size pipeline_parallel_size quant_config.quant_algo calib_config.calib_dataset enable_chunked_prefill kv_cache_config.enable_block_reuse max_num_tokens speculative_config")]
    [InlineData(Backend.Openai, "server_model headers_env")]
    public void The_parameters_people_measure_are_declared(Backend backend, string names) =>
        Assert.All(names.Split(' '), name => Assert.NotNull(ParameterTables.For(backend).Find(name)));

    [Fact]
    public void Values_are_read_by_kind_and_what_is_not_given_is_null()
    {
        var section = new EngineSection(LlamaCppParameters.Table, new JsonObject { ["n_ctx"] = 512, ["flash_attn"] = "on", ["kv_unified"] = true });

        Assert.Equal(512, section.Integer("n_ctx"));
        Assert.Equal("on", section.Text("flash_attn"));
        Assert.True(section.Flag("kv_unified"));
        Assert.Null(section.Integer("n_batch"));
        Assert.Equal(["n_ctx", "flash_attn", "kv_unified"], section.Given.Select(given => given.Parameter.Name));
        Assert.Throws<ArgumentException>(() => section.Integer("n_ctxx"));
    }

    [Fact]
    public void Nested_values_are_read_by_path()
    {
        var section = new EngineSection(VllmParameters.Table, new JsonObject { ["speculative_config"] = new JsonObject { ["num_speculative_tokens"] = 5 } });

        Assert.Equal(5, section.Integer("speculative_config.num_speculative_tokens"));
        Assert.Null(section.Text("speculative_config.method"));
    }

    static IEnumerable<Parameter> AllRows(IEnumerable<Parameter> rows) => rows.SelectMany(row => AllRows(row.Fields).Prepend(row));
}
