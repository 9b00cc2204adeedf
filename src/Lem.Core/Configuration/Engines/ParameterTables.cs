namespace Lem.Core.Configuration.Engines;

/// <summary>The table of each engine.</summary>
public static class ParameterTables
{
    public static IReadOnlyList<ParameterTable> All { get; } =
        [PyTorchParameters.Table, VllmParameters.Table, TensorRtParameters.Table, OpenAiParameters.Table, LlamaCppParameters.Table];

    public static ParameterTable For(Backend backend) => All.First(table => table.Backend == backend);

    /// <summary>The table of the section with this name, or null.</summary>
    public static ParameterTable? ForSection(string name) => All.FirstOrDefault(table => table.Section == name);
}
