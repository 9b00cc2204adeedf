using Lem.Measurement.Hub;
using Lem.Reporting;

namespace Lem.Cli.Terminal;

/// <summary>Shows a download: a line when it begins and when it is there; between, on a terminal, a live one, once a second.</summary>
sealed class DownloadDisplay(CliHost host, Messages messages) : IProgress<DownloadProgress>
{
    const string ClearLine = "\r\e[2K";

    string? _name;
    (long Time, long Bytes) _begun;
    long _drawn;

    public void Report(DownloadProgress value)
    {
        var now = host.Time.GetTimestamp();
        if (value.Name != _name)
        {
            (_name, _begun, _drawn) = (value.Name, (now, value.DoneBytes), now);
            messages.Note($"fetching {value.Name} ({Figures.Si(value.LengthBytes, "B")})…");
        }

        if (value.DoneBytes == value.LengthBytes)
            End(value, now);
        else if (host.IsTerminal && host.Time.GetElapsedTime(_drawn, now) >= TimeSpan.FromSeconds(1))
            Draw(value, now);
    }

    void Draw(DownloadProgress value, long now)
    {
        _drawn = now;
        var rate = Rate(value, now);
        var left = rate > 0 ? $" · {Figures.Duration((value.LengthBytes - value.DoneBytes) / rate)} left" : "";
        host.Error.Write($"{ClearLine}  {Figures.Percent(value.DoneBytes / (double)value.LengthBytes)} · {Figures.Si(rate, "B/s")}{left}");
        host.Error.Flush();
    }

    void End(DownloadProgress value, long now)
    {
        if (host.IsTerminal)
            host.Error.Write(ClearLine);
        messages.Note($"  {value.Name} is here: {Figures.Si(value.LengthBytes - _begun.Bytes, "B")} in {Figures.Duration(host.Time.GetElapsedTime(_begun.Time, now).TotalSeconds)}");
        _name = null;
    }

    double Rate(DownloadProgress value, long now) =>
        (value.DoneBytes - _begun.Bytes) / Math.Max(0.001, host.Time.GetElapsedTime(_begun.Time, now).TotalSeconds);
}
