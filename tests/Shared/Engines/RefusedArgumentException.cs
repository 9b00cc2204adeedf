namespace Lem.Tests.Shared.Engines;

/// <summary>What an engine says of an argument that it does not take.</summary>
sealed class RefusedArgumentException(string message) : Exception(message);
