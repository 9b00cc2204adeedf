using Lem.Core.Configuration.Schema;

namespace Lem.Core.Configuration.Engines;

/// <summary>Any OpenAI-compatible server: how it is addressed. Its engine is configured where it is started.</summary>
public static class OpenAiParameters
{
    public static ParameterTable Table { get; } = new(Backend.Openai, "openai",
    [
        Parameter.Text("server_model", Travel.Body, "The name the server knows the model by; not given = model_name")
            .CostsNothing("an address, when the server holds one model"),
        Parameter.Of("headers_env", new MapShape(new TextShape()), Travel.Body,
            "Headers of each request, by the names of the environment variables that hold their values")
            .CostsNothing("authorisation"),
    ],
    []);
}
