using Lem.Core.Configuration.Engines.Universes;

namespace Lem.Core.Configuration.Checks;

/// <summary>What an engine's own table demands, and what its number format rules out.</summary>
static class EngineChecks
{
    public static IEnumerable<ConfigError> Run(CheckContext context)
    {
        var config = context.Config;
        var engine = config.Engine;
        foreach (var rule in engine.Table.Rules)
        {
            if (rule.Broken(engine) is { } message)
                yield return new($"{engine.Table.Section}.{rule.Path}", message, rule.Severity);
        }
        foreach (var key in engine.Extra.Select(member => member.Key).Where(key => engine.Table.Find(key) is not null))
            yield return new($"{engine.Table.Section}.extra.{key}", $"is a declared parameter: write `{engine.Table.Section}.{key}`");
        if (engine.Extra.Count > 0 && EngineUniverse.Of(engine.Table.Backend)?.Lists[0] is { } arguments)
            foreach (var (key, by) in engine.Extra.Select(member => (member.Key, arguments.Find(member.Key.Replace('-', '_'))?.By)).Where(one => one.By is not null))
                yield return new($"{engine.Table.Section}.extra.{key}", $"is said by `{by}`");

        if (config is { ResolvedBackend: Backend.Pytorch, FpPrecision: Precision.Float32 }
            && engine.Text("attn_implementation") is "flash_attention_2" or "flash_attention_3")
        {
            yield return new("pytorch.attn_implementation", "flash attention needs float16 or bfloat16, but fp_precision is float32");
        }
        if (config is { ResolvedBackend: Backend.Tensorrt, FpPrecision: Precision.Float32 })
            yield return new("fp_precision", "must be float16 or bfloat16 on tensorrt, but is float32");
        if (context.IsGiven("adapter") && config.ResolvedBackend is Backend.Openai)
            yield return new("adapter", "has no effect on a server that is already configured", ConfigSeverity.Warning);
    }
}
