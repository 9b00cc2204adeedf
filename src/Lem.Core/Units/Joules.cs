using System.Globalization;

namespace Lem.Core.Units;

/// <summary>An amount of energy in joules (watt-seconds). May be negative: adjusted energy is not clipped.</summary>
public readonly record struct Joules(double Value) : IComparable<Joules>
{
    public static Joules Zero => default;

    public static Joules FromMillijoules(double millijoules) => new(millijoules / 1e3);

    public static Joules FromMicrojoules(double microjoules) => new(microjoules / 1e6);

    public double KilowattHours => Value / 3.6e6;

    public static Joules operator +(Joules left, Joules right) => new(left.Value + right.Value);

    public static Joules operator -(Joules left, Joules right) => new(left.Value - right.Value);

    public static Joules operator *(Joules energy, double factor) => new(energy.Value * factor);

    public static Joules operator /(Joules energy, double divisor) => new(energy.Value / divisor);

    public static double operator /(Joules left, Joules right) => left.Value / right.Value;

    /// <summary>Mean power over a stretch of time.</summary>
    public static Watts operator /(Joules energy, TimeSpan time) => new(energy.Value / time.TotalSeconds);

    public static bool operator <(Joules left, Joules right) => left.Value < right.Value;

    public static bool operator >(Joules left, Joules right) => left.Value > right.Value;

    public static bool operator <=(Joules left, Joules right) => left.Value <= right.Value;

    public static bool operator >=(Joules left, Joules right) => left.Value >= right.Value;

    public int CompareTo(Joules other) => Value.CompareTo(other.Value);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Value} J");
}
