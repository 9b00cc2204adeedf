using System.Globalization;

namespace Lem.Benchmarks.Coverage;

/// <summary>
/// Bar P7: do 95 % intervals contain the truth in 95 of a hundred repetitions? Prints the whole table (Markdown), the cells that miss, and how
/// many those are. Seeded: the same rounds give the same table on every machine.
/// </summary>
static class IntervalCoverage
{
    const int Rounds = 20_000;

    public static int Run(string[] arguments)
    {
        var rounds = arguments is [var text] ? int.Parse(text, CultureInfo.InvariantCulture) : Rounds;
        var cells = CoverageCells.All;
        var results = new CellCoverage[cells.Count];
        Parallel.For(0, cells.Count, i => results[i] = cells[i].Measure(rounds));

        Console.WriteLine("| interval | data | coverage | ± | refused | bar | |");
        Console.WriteLine("|---|---|--:|--:|--:|---|---|");
        foreach (var result in results)
            Console.WriteLine(Row(result));

        var misses = results.Where(result => result.IsInside is false).ToList();
        Console.WriteLine();
        foreach (var miss in misses)
            Console.WriteLine($"outside its bar: {miss.Cell.Group}, {miss.Cell.Data}: {Percent(miss.Coverage)} (± {Percent(miss.MonteCarloError)})");
        foreach (var miss in results.Where(result => result.IsInside is null && result.Coverage is < 0.93 or > 0.97))
            Console.WriteLine($"without a bar, and outside 93–97 %: {miss.Cell.Group}, {miss.Cell.Data}: {Percent(miss.Coverage)}");
        Console.WriteLine(
            $"P7: {misses.Count} of {results.Count(result => result.IsInside is not null)} cells with a bar are outside it; "
            + $"{rounds} rounds, the error of a coverage is at most {Percent(results.Max(result => result.MonteCarloError))}");
        return 0;
    }

    static string Row(CellCoverage result) => string.Join(
        " | ",
        $"| {result.Cell.Group}",
        result.Cell.Data,
        Percent(result.Coverage),
        Percent(result.MonteCarloError),
        result.RefusedShare == 0 ? "" : Percent(result.RefusedShare),
        Bar(result.Cell.Bar),
        result.IsInside switch { true => "inside |", false => "**outside** |", null => "|" });

    static string Bar((double Low, double High)? bar) => bar switch
    {
        null => "",
        (var low, 1) => string.Create(CultureInfo.InvariantCulture, $"≥ {low * 100:0.#} %"),
        var (low, high) => string.Create(CultureInfo.InvariantCulture, $"{low * 100:0}–{high * 100:0} %"),
    };

    static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{share * 100:0.00} %");
}
