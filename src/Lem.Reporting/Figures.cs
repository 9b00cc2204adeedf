using System.Globalization;

namespace Lem.Reporting;

/// <summary>Numbers for people: three significant figures and SI prefixes. Files have full precision.</summary>
public static class Figures
{
    static readonly (double Factor, string Prefix)[] Prefixes =
        [(1e24, "Y"), (1e21, "Z"), (1e18, "E"), (1e15, "P"), (1e12, "T"), (1e9, "G"), (1e6, "M"), (1e3, "k"), (1, ""), (1e-3, "m"), (1e-6, "µ"), (1e-9, "n")];

    /// <summary>For example <c>1.23 kJ</c>, <c>45.6 mJ</c>; a dash where nothing was measured.</summary>
    public static string Si(double? value, string unit)
    {
        if (value is not { } number || double.IsNaN(number))
            return "–";
        if (number == 0)
            return $"0 {unit}";
        var magnitude = Math.Abs(number);
        // Rounding first keeps 999.96 from becoming "1000".
        var rounded = Round(magnitude);
        var (factor, prefix) = Prefixes.FirstOrDefault(p => rounded >= p.Factor, Prefixes[^1]);
        return $"{(number < 0 ? "−" : "")}{Digits(magnitude / factor)} {prefix}{unit}".TrimEnd();
    }

    /// <summary>Three significant figures without a prefix: <c>1230</c>, <c>45.6</c>, <c>0.0789</c>.</summary>
    public static string Plain(double? value) => value is not { } number || double.IsNaN(number)
        ? "–"
        : (number < 0 ? "−" : "") + Digits(Math.Abs(number));

    public static string Count(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    public static string Percent(double? fraction) => fraction is { } value ? $"{Plain(value * 100)} %" : "–";

    /// <summary>For example <c>4.2 s</c>, <c>4m 32s</c>, <c>1h 05m</c>.</summary>
    public static string Duration(double? seconds)
    {
        if (seconds is not { } value)
            return "–";
        var whole = (long)Math.Round(value);
        return value < 59.95 ? string.Create(CultureInfo.InvariantCulture, $"{value:0.0} s")
            : whole < 3600 ? string.Create(CultureInfo.InvariantCulture, $"{whole / 60}m {whole % 60:00}s")
            : string.Create(CultureInfo.InvariantCulture, $"{whole / 3600}h {whole % 3600 / 60:00}m");
    }

    static double Round(double magnitude)
    {
        if (magnitude == 0)
            return 0;
        var digits = 2 - (int)Math.Floor(Math.Log10(magnitude));
        return digits > 15 ? magnitude : digits >= 0 ? Math.Round(magnitude, digits) : Math.Round(magnitude * Math.Pow(10, digits)) * Math.Pow(10, -digits);
    }

    static string Digits(double magnitude)
    {
        var rounded = Round(magnitude);
        if (rounded == 0)
            return "0";
        var decimals = Math.Clamp(2 - (int)Math.Floor(Math.Log10(rounded)), 0, 12);
        return rounded.ToString("F" + decimals, CultureInfo.InvariantCulture);
    }
}
