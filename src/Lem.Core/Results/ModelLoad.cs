using Lem.Core.Units;

namespace Lem.Core.Results;

/// <summary>What bringing the model up cost, and how warm its files were: the cost of a cold start is here and not in the window.</summary>
/// <param name="LoadTimeSec">From the call to the engine until the model was ready.</param>
/// <param name="LoadJ">All measured devices over that time; idle power is in it.</param>
/// <param name="ForcedCold">The files were thrown out of the page cache, and nothing was warmed up (<c>force_cold_start</c>).</param>
/// <param name="PageCache">Before loading: evicted (by lem), cold, partly, warm.</param>
/// <param name="ResidentFraction">Share of the files that lay in memory before loading, 0–1.</param>
public sealed record ModelLoad(
    double? LoadTimeSec = null, Joules? LoadJ = null, bool? ForcedCold = null, string? PageCache = null, double? ResidentFraction = null);
