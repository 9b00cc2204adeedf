namespace Lem.Core.Configuration.Documents;

/// <summary>How much a file may ask of us. Files can be hostile: deep nesting and anchors that multiply.</summary>
static class Limits
{
    public const int FileBytes = 1024 * 1024;

    public const int Depth = 64;

    public const int Nodes = 100_000;

    public const int ExtendsChain = 16;
}
