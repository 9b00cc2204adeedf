namespace Lem.Core.Configuration;

/// <summary>The Python that has transformers and torch; null = the one found first.</summary>
public sealed record PythonConfig(string? Interpreter = null);
