using System.Text.Json;
using Lem.Cli.Terminal;
using Lem.Core;
using Lem.Core.Configuration;
using Lem.Core.Results;
using Lem.Core.Results.Exports;
using Lem.Core.Results.Storage;
using Lem.Reporting.Listings;

namespace Lem.Cli.Exports;

/// <summary><c>lem results export</c>: results as one table or file. A result that cannot be read is named; the rest is written.</summary>
sealed class ResultExport(CliHost host, Messages messages, ResultsDirectory directory)
{
    readonly ResultStore _store = new(directory);
    /// <param name="names">Experiments or windows; none = all.</param>
    /// <param name="file">Null = stdout.</param>
    public ExitCode Run(IReadOnlyList<string> names, ExportFormat format, string? file)
    {
        var ids = Select(names);
        var results = ids.Select(TryRead).OfType<ExperimentResult>().ToList();
        if (file is null)
            Write(host.Out, results, format);
        else
        {
            var path = Path.Combine(host.WorkingDirectory, file);
            WriteFile(path, results, format);
            messages.Note($"{results.Count} results in {path}");
        }

        return results.Count < ids.Count ? ExitCode.RunFailed : ExitCode.Success;
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

    static void WriteFile(string path, List<ExperimentResult> results, ExportFormat format)
    {
        var temporary = path + AtomicFile.TemporarySuffix;
        try
        {
            using (var output = new StreamWriter(temporary))
                Write(output, results, format);
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

    // Secrets were taken out before the results were written.
    static void Write(TextWriter output, List<ExperimentResult> results, ExportFormat format)
    {
        switch (format)
        {
            case ExportFormat.Json:
                output.WriteLine($"[{string.Join(",\n", results.Select(result => JsonSerializer.Serialize(result, ResultsJson.Readable.ExperimentResult)))}]");
                break;
            case ExportFormat.Jsonl:
                JsonLines.Write(output, results);
                break;
            case ExportFormat.LongCsv:
                CsvLong.Write(output, results);
                break;
            default:
                CsvWide.Write(output, results);
                break;
        }
    }

    ExperimentResult? TryRead(string id)
    {
        try
        {
            return _store.Read(id);
        }
        catch (LemException e)
        {
            messages.Error(e.Message, e.Hint);
            return null;
        }
    }
}
