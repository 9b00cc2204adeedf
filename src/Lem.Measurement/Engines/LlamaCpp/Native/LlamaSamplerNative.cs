using System.Runtime.InteropServices;

namespace Lem.Measurement.Engines.LlamaCpp.Native;

/// <summary>The sampling functions of <c>llama.h</c>, one to one.</summary>
static partial class LlamaSamplerNative
{
    /// <remarks><c>llama_sampler_chain_params</c> is one bool, <c>no_perf</c>.</remarks>
    [LibraryImport(LlamaNative.Library, EntryPoint = "llama_sampler_chain_init")]
    internal static partial nint ChainInit(byte noPerf);

    [LibraryImport(LlamaNative.Library, EntryPoint = "llama_sampler_chain_add")]
    internal static partial void ChainAdd(nint chain, nint sampler);

    [LibraryImport(LlamaNative.Library, EntryPoint = "llama_sampler_free")]
    internal static partial void Free(nint sampler);

    [LibraryImport(LlamaNative.Library, EntryPoint = "llama_sampler_sample")]
    internal static partial int Sample(nint sampler, nint context, int index);

    [LibraryImport(LlamaNative.Library, EntryPoint = "llama_sampler_accept")]
    internal static partial void Accept(nint sampler, int token);

    [LibraryImport(LlamaNative.Library, EntryPoint = "llama_sampler_init_greedy")]
    internal static partial nint InitGreedy();

    [LibraryImport(LlamaNative.Library, EntryPoint = "llama_sampler_init_dist")]
    internal static partial nint InitDist(uint seed);

    [LibraryImport(LlamaNative.Library, EntryPoint = "llama_sampler_init_top_k")]
    internal static partial nint InitTopK(int k);

    [LibraryImport(LlamaNative.Library, EntryPoint = "llama_sampler_init_top_p")]
    internal static partial nint InitTopP(float p, nuint minKeep);

    [LibraryImport(LlamaNative.Library, EntryPoint = "llama_sampler_init_min_p")]
    internal static partial nint InitMinP(float p, nuint minKeep);

    [LibraryImport(LlamaNative.Library, EntryPoint = "llama_sampler_init_temp")]
    internal static partial nint InitTemperature(float temperature);

    /// <remarks>0.5.0 takes the size of the vocabulary first; builds before it do not.</remarks>
    [LibraryImport(LlamaNative.Library, EntryPoint = "llama_sampler_init_penalties")]
    internal static partial nint InitPenalties(int vocabTokens, int lastTokens, float repeat, float frequency, float presence);
}
