namespace Lem.Core.Configuration;

/// <summary>What loading may see of the machine: two folders and the environment variables (those of a trusted <c>.env</c> included).</summary>
public sealed record ConfigEnvironment(string WorkingDirectory, string HomeDirectory, IReadOnlyDictionary<string, string> Variables);
