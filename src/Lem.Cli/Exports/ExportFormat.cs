namespace Lem.Cli.Exports;

/// <summary>In what form results leave.</summary>
enum ExportFormat
{
    /// <summary>A table, a row per window and a column per figure.</summary>
    WideCsv,

    /// <summary>A tidy table, a row per window and figure.</summary>
    LongCsv,

    /// <summary>One list of whole results.</summary>
    Json,

    /// <summary>A whole result per line.</summary>
    Jsonl,
}
