using Lem.Core.Results.Raw;

namespace Lem.Core.Metrics.Steady;

/// <summary>What was generated between two times of a window: tokens by their own arrivals, prompts by their first token.</summary>
sealed class SteadyTotals(double startS, double endS)
{
    // Stamps are written with the precision of doubles; the last token of a batch is its end.
    const double Slack = 1e-9;

    double _tpotSumMs;
    long _tpots;

    public double InputTokens { get; private set; }

    public double OutputTokens { get; private set; }

    /// <summary>Mean over the requests whose tokens all lie inside; null without one of two tokens.</summary>
    public double? TpotMs => _tpots > 0 ? _tpotSumMs / _tpots : null;

    public void Add(RequestRecord request)
    {
        if (request is not { FirstS: { } first, LastS: { } last })
            return;
        if (IsInside(first))
            InputTokens += request.InputTokens;
        if (!IsInside(first) || !IsInside(last))
        {
            OutputTokens += Part(request, first, last);
            return;
        }

        OutputTokens += request.OutputTokens;
        if (request.Ok && RequestLatency.TpotMs(request) is { } tpot)
        {
            _tpotSumMs += tpot;
            _tpots++;
        }
    }

    // Token by token where the arrivals are known; else spread from the first to the last.
    double Part(RequestRecord request, double first, double last)
    {
        if (request.GapsUs is not { } gaps || (request.GapTokens is null && gaps.Length != request.OutputTokens - 1))
            return last > first ? request.OutputTokens * Math.Max(0, Math.Min(endS, last) - Math.Max(startS, first)) / (last - first) : 0;

        var inside = IsInside(first) ? request.OutputTokens - (request.GapTokens?.Sum() ?? gaps.Length) : 0;
        var at = first;
        for (var i = 0; i < gaps.Length; i++)
        {
            at += gaps[i] / 1e6;
            inside += IsInside(at) ? request.GapTokens?[i] ?? 1 : 0;
        }

        return inside;
    }

    bool IsInside(double seconds) => seconds >= startS - Slack && seconds <= endS + Slack;
}
