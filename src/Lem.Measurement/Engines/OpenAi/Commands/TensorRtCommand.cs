using System.Globalization;
using Lem.Core.Configuration;
using Lem.Measurement.Launching;

namespace Lem.Measurement.Engines.OpenAi.Commands;

/// <summary>The command line of <c>trtllm-serve</c> for an experiment.</summary>
static class TensorRtCommand
{
    public const string Program = "trtllm-serve";

    // trtllm-serve reads its options from a file, which has to be where it runs: in a container, too. Constant; the file's text and the command are arguments. The file has no name any
    // more when it is read, so that none is left behind.
    const string Script = "f=$(mktemp) && printf %s \"$0\" > \"$f\" && exec 3< \"$f\" && rm \"$f\" && exec \"$@\" /dev/fd/3";

    /// <param name="folder">What relative paths count from.</param>
    public static LaunchCommand Of(ExperimentConfig config, int port, string folder) => new(
        ["sh", "-c", Script, YamlJson.Write(TensorRtOptions.Of(config)), Program, .. Arguments(config, port), "--extra_llm_api_options"],
        EngineVariables.Of(config),
        folder,
        Program);

    static IEnumerable<string> Arguments(ExperimentConfig config, int port)
    {
        var section = config.Engine;
        yield return section.Text("engine_path") ?? config.ModelName;
        if (section.Text("engine_path") is not null)
        {
            yield return "--tokenizer";
            yield return config.ModelName;
        }

        yield return "--host";
        yield return config.Server.Host;
        yield return "--port";
        yield return port.ToString(CultureInfo.InvariantCulture);
        yield return "--backend";
        yield return section.Text("backend") ?? "pytorch";
        if (section.Flag("trust_remote_code") is true)
            yield return "--trust_remote_code";
    }
}
