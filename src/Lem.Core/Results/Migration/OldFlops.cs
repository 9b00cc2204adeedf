namespace Lem.Core.Results.Migration;

/// <summary>The older tools' words for how FLOPs were counted.</summary>
static class OldFlops
{
    public static string? Method(string? old) => old switch
    {
        "calflops" => "traced",
        "parameter_estimate" or "palm_formula" => "parameters",
        _ => Known(old),
    };

    public static string? Known(string? word) => word is null or "" or "unknown" ? null : word;
}
