using Lem.Measurement.Experiments.Events;

namespace Lem.Cli.Terminal;

/// <summary>
/// Shows an experiment's events to a person: a live line on a terminal, redrawn at most once a second so that showing does not disturb
/// what is measured; plain lines elsewhere.
/// </summary>
sealed class ProgressDisplay(CliHost host, Messages messages, bool quiet)
{
    const string ClearLine = "\r\e[2K";

    readonly bool _live = host.IsTerminal && !quiet;
    ProgressState _state = new();
    double _drawn = double.NegativeInfinity;
    bool _lineIsOpen;

    public void Show(ExperimentEvent e)
    {
        _state = _state.After(e);
        switch (e)
        {
            case ExperimentStarted started when !quiet:
                Write($"{started.ConfigName}: {started.ModelName} on {started.Backend}, {started.RequestsPerCycle} requests{ProgressLine.RenderCycles(started)} ({started.ExperimentId})");
                break;
            case PhaseEnded { DurationSeconds: >= 0.05 } ended when !quiet:
                Write($"  {ProgressLine.RenderEnded(ended, _state.Cycles)}");
                break;
            // Raised when the result is written already: told here, or nowhere.
            case FindingRaised { Finding: { Phase: "unload" } finding }:
                Clear();
                messages.Warning(finding.Hint is { } hint ? $"{finding.Message} [{finding.Code}]\n  → {hint}" : $"{finding.Message} [{finding.Code}]");
                break;
        }

        if (_live && e.ElapsedSeconds - _drawn >= 1)
            Draw(e.ElapsedSeconds);
    }

    /// <summary>Removes the live line, so that what is printed next stands alone.</summary>
    public void Clear()
    {
        if (!_lineIsOpen)
            return;
        host.Error.Write(ClearLine);
        _lineIsOpen = false;
    }

    void Draw(double now)
    {
        _drawn = now;
        host.Error.Write(ClearLine + "  " + ProgressLine.Render(_state, Console.IsErrorRedirected ? 120 : Math.Max(20, Console.BufferWidth - 3)));
        host.Error.Flush();
        _lineIsOpen = true;
    }

    void Write(string line)
    {
        Clear();
        messages.Note(line);
    }
}
