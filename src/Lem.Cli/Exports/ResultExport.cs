using Lem.Cli.Terminal;
using Lem.Core;
using Lem.Core.Configuration;
using Lem.Core.Results;
using Lem.Core.Results.Storage;
using Lem.Reporting.Exports;
using Lem.Reporting.Listings;

namespace Lem.Cli.Exports;

/// <summary><c>lem results export</c>: results as one table or file. A result that cannot be read is named; the rest is written.</summary>
sealed class ResultExport(CliHost host, Messages messages, ResultsDirectory directory)
{
    readonly ResultStore _store = new(directory);
    readonly HashSet<string> _unreadable = [];

    /// <param name="names">Experiments or windows; none = all.</param>
    /// <param name="file">Null = stdout.</param>
    public ExitCode Run(IReadOnlyList<string> names, ExportFormat format, string? file)
    {
        var ids = Select(names);
        if (file is null)
            Write(host.Out, ids, format);
        else
        {
            var path = Path.Combine(host.WorkingDirectory, file);
            WriteFile(path, ids, format);
            messages.Note($"{ids.Count - _unreadable.Count} results in {path}");
        }

        return _unreadable.Count > 0 ? ExitCode.RunFailed : ExitCode.Success;
    }

    IReadOnlyList<string> Select(IReadOnlyList<string> names)
    {
        var results = _store.Ids();
        if (names.Count == 0)
            return results;
        List<ConfigError> errors = [];
        List<string> chosen = [];
        foreach (var name in names)
        {
            try
            {
                var id = ExperimentSelection.Select(name, results);
                chosen.AddRange(results.Where(result => result == id || ExperimentId.OfExperiment(result) == id));
            }
            catch (ConfigException e)
            {
                errors.AddRange(e.Errors);
            }
        }

        return errors.Count == 0 ? [.. chosen.Distinct()] : throw new ConfigException(errors);
    }

    void WriteFile(string path, IReadOnlyList<string> ids, ExportFormat format)
    {
        var temporary = path + AtomicFile.TemporarySuffix;
        try
        {
            using (var output = new StreamWriter(temporary))
                Write(output, ids, format);
            File.Move(temporary, path, overwrite: true);
        }
        catch (IOException e)
        {
            throw new LemException($"{path}: cannot be written: {e.Message}", "Check that its folder is there and has space.", e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new LemException($"{path}: no permission to write", "Choose a folder you may write to.", e);
        }
    }

    // Secrets were taken out before the results were written; the text goes out as it is, or a table of thousands would be held in memory.
    void Write(TextWriter output, IReadOnlyList<string> ids, ExportFormat format)
    {
        switch (format)
        {
            case ExportFormat.Json:
                JsonExport.WriteList(output, Read(ids));
                break;
            case ExportFormat.Jsonl:
                JsonExport.WriteLines(output, Read(ids));
                break;
            default:
                WideCsv.Write(output, () => Read(ids));
                break;
        }
    }

    IEnumerable<ExperimentResult> Read(IReadOnlyList<string> ids) => ids.Select(TryRead).OfType<ExperimentResult>();

    ExperimentResult? TryRead(string id)
    {
        try
        {
            return _unreadable.Contains(id) ? null : _store.Read(id);
        }
        catch (LemException e)
        {
            _unreadable.Add(id);
            messages.Error(e.Message, e.Hint);
            return null;
        }
    }
}
