using System.Text.Json;
using System.Text.Json.Nodes;
using Lem.Core.Results;

namespace Lem.Reporting.Exports;

/// <summary>
/// Results as one table: a row per measured window, <c>NA</c> for what is not known, numbers in full precision. First the columns of
/// <see cref="WideColumns"/>, then findings, then all other values by path.
/// </summary>
public static class WideCsv
{
    const string Findings = "findings";

    /// <summary>Writes header and rows.</summary>
    /// <param name="results">Gives the results, each time anew: the first time to know the columns, the second to write.</param>
    public static void Write(TextWriter output, Func<IEnumerable<ExperimentResult>> results)
    {
        HashSet<string> taken = [.. WideColumns.Fixed.Select(column => column.Path), Findings];
        var others = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var leaf in results().SelectMany(result => ResultLeaf.Of(Tree(result))).Where(leaf => !taken.Contains(leaf.Path)))
            others.TryAdd(leaf.Path, leaf.Header);

        Line(output, [.. WideColumns.Fixed.Select(column => column.Header), Findings, .. others.Values]);
        foreach (var result in results())
        {
            var tree = Tree(result);
            Line(
                output,
                [
                    .. WideColumns.Fixed.Select(column => ResultLeaf.Text(ResultLeaf.At(tree, column.Path))),
                    string.Join("; ", result.Findings.Select(finding => finding.Code).Distinct()),
                    .. others.Keys.Select(path => ResultLeaf.Text(ResultLeaf.At(tree, path))),
                ]);
        }
    }

    static JsonObject Tree(ExperimentResult result) => JsonSerializer.SerializeToNode(result, ResultsJson.Default.ExperimentResult)!.AsObject(); // a record is an object

    static void Line(TextWriter output, IEnumerable<string> fields)
    {
        output.Write(CsvRow.Of(fields));
        output.Write('\n');
    }
}
