namespace Lem.IntegrationTests.RealParts;

/// <summary>What a program that has ended left behind.</summary>
sealed record FinishedProgram(int ExitCode, string Output, string Error);
