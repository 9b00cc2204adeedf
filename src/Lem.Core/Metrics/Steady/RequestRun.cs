namespace Lem.Core.Metrics.Steady;

/// <summary>One request of a window; seconds since window open.</summary>
/// <param name="StartS">Sent, in a closed loop; due, in an open one.</param>
/// <param name="FirstS">First token; null if none came.</param>
/// <param name="EndS">Last token, or failure.</param>
public readonly record struct RequestRun(double StartS, double? FirstS, double EndS, long OutputTokens);
