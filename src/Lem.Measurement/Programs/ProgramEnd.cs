using Lem.Core.Results.Programs;

namespace Lem.Measurement.Programs;

/// <summary>How a program ended.</summary>
/// <param name="Open">Stamp just before it was started.</param>
/// <param name="Close">Stamp at which its end was known.</param>
/// <param name="ExitCode">Its own, or 128 + the signal that ended it.</param>
public sealed record ProgramEnd(long Open, long Close, int ExitCode, ProgramUse Resources);
