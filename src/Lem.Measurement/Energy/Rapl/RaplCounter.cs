using Lem.Core.Units;

namespace Lem.Measurement.Energy.Rapl;

/// <summary>Unrolls a RAPL counter, which starts again from zero at its range, into an energy that only grows.</summary>
sealed class RaplCounter(long rangeMicrojoules)
{
    long? _last;
    long _total;

    /// <summary>Takes the counter's next value. Must see it at least once each time round.</summary>
    public Joules Advance(long microjoules)
    {
        // The kernel's counter runs from 0 to the range itself and then to 0: going round once is range + 1 steps, of which the one
        // microjoule is far below the counter's own unit (61 µJ on most processors).
        if (_last is { } last)
            _total += microjoules >= last ? microjoules - last : rangeMicrojoules - last + microjoules;
        _last = microjoules;
        return Joules.FromMicrojoules(_total);
    }
}
