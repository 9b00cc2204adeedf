using System.Globalization;

namespace Lem.Core.Units;

/// <summary>Power in watts (joules per second).</summary>
public readonly record struct Watts(double Value) : IComparable<Watts>
{
    public static Watts Zero => default;

    public static Watts FromMilliwatts(double milliwatts) => new(milliwatts / 1e3);

    public static Watts FromMicrowatts(double microwatts) => new(microwatts / 1e6);

    public static Watts operator +(Watts left, Watts right) => new(left.Value + right.Value);

    public static Watts operator -(Watts left, Watts right) => new(left.Value - right.Value);

    public static Watts operator *(Watts power, double factor) => new(power.Value * factor);

    public static Watts operator /(Watts power, double divisor) => new(power.Value / divisor);

    public static double operator /(Watts left, Watts right) => left.Value / right.Value;

    /// <summary>Energy of constant power over a stretch of time.</summary>
    public static Joules operator *(Watts power, TimeSpan time) => new(power.Value * time.TotalSeconds);

    public static bool operator <(Watts left, Watts right) => left.Value < right.Value;

    public static bool operator >(Watts left, Watts right) => left.Value > right.Value;

    public static bool operator <=(Watts left, Watts right) => left.Value <= right.Value;

    public static bool operator >=(Watts left, Watts right) => left.Value >= right.Value;

    public int CompareTo(Watts other) => Value.CompareTo(other.Value);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Value} W");
}
