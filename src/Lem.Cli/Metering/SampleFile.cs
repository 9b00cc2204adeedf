using System.Buffers;
using System.Text;
using Lem.Core;
using Lem.Measurement.Energy;

namespace Lem.Cli.Metering;

/// <summary>A time series on disk, in the form of <c>timeseries.csv</c>. A disk that fills up ends the series, never the measurement.</summary>
sealed class SampleFile : IDisposable
{
    readonly FileStream _file;
    readonly ArrayBufferWriter<byte> _rows = new(4096);

    /// <exception cref="LemException">The file cannot be made.</exception>
    public SampleFile(string path)
    {
        try
        {
            _file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 1 << 16);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LemException($"{path}: cannot be written: {e.Message}", "Choose another place for --samples.", e);
        }

        Append(Encoding.ASCII.GetBytes(TimeSeriesCsv.Header));
    }

    /// <summary>Why rows are missing at the end; null where none is.</summary>
    public string? Failure { get; private set; }

    public void Write(TimeSeriesRow row, string phase)
    {
        _rows.ResetWrittenCount();
        TimeSeriesCsv.Write(_rows, row, phase);
        Append(_rows.WrittenSpan);
    }

    /// <summary>Brings what was written to the disk.</summary>
    public void Finish()
    {
        try
        {
            _file.Flush(flushToDisk: true);
        }
        catch (IOException e)
        {
            Failure ??= e.Message;
        }
    }

    public void Dispose()
    {
        try
        {
            _file.Dispose();
        }
        catch (IOException e)
        {
            Failure ??= e.Message;
        }
    }

    void Append(ReadOnlySpan<byte> bytes)
    {
        if (Failure is not null)
            return;
        try
        {
            _file.Write(bytes);
        }
        catch (IOException e)
        {
            Failure = e.Message;
        }
    }
}
