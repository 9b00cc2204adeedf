using Lem.Core.Metrics;
using Lem.Core.Metrics.Steady;
using Lem.Core.Results.Raw;

namespace Lem.Core.Results.Aggregation;

/// <summary>steady_state: the rates of the stretch that the measuring side found, from the request lines.</summary>
sealed class SteadySection
{
    const string Path = "steady_state";

    readonly RawSteadyState? _found;
    readonly SteadyTotals? _totals;

    public SteadySection(RawHost? host)
    {
        _found = host?.SteadyState;
        _totals = _found is { StartS: { } start, EndS: { } end } ? new(start, end) : null;
    }

    public void Add(RequestRecord request) => _totals?.Add(request);

    /// <param name="whyNoEnergy">The whole window has no total: what is left of its part would look cheap.</param>
    public SteadyState Result(Reasons reasons, string? whyNoEnergy)
    {
        if (_found is null || _totals is null)
        {
            reasons.Because(Path, _found?.Reason ?? "not_looked_for");
            return _found is null ? new() : new(Found: false, Policy: _found.Policy, Reason: _found.Reason);
        }

        var seconds = (_found.EndS - _found.StartS) ?? 0;
        var energy = whyNoEnergy is null ? _found.EnergyJ : null;
        var reason = whyNoEnergy ?? _found.Reason;
        reasons.Because($"{Path}.energy_j", reason ?? "not_measured");
        reasons.Because($"{Path}.joules_per_output_token", reason ?? "no_output_tokens");
        reasons.Because($"{Path}.tpot_ms", "fewer_than_two_tokens_or_not_stamped");
        reasons.Because(Path, "the_steady_part_has_no_length");
        return new(
            Found: true,
            _found.StartS,
            _found.EndS,
            Efficiency.Rate(_totals.InputTokens + _totals.OutputTokens, seconds),
            Efficiency.Rate(_totals.OutputTokens, seconds),
            energy,
            Efficiency.Rate(energy?.Value, _totals.OutputTokens),
            _totals.TpotMs,
            _found.Policy,
            reason);
    }
}
