using Lem.Core.Configuration;

namespace Lem.Measurement.Load.Arrivals;

/// <summary>Gaps between arrivals, drawn one after another with a mean of one.</summary>
sealed class GapLaw
{
    readonly SplitMix64 _random;
    readonly Func<double> _draw;

    /// <param name="kind">Constant, Poisson or gamma.</param>
    /// <param name="shape">Of the gamma law: the variance of the gaps is 1 ÷ shape, so that below one they are burstier than Poisson's.</param>
    public GapLaw(ArrivalKind kind, double shape, ulong seed)
    {
        _random = new(seed);
        _draw = kind switch
        {
            ArrivalKind.Constant => () => 1,
            ArrivalKind.Poisson => Exponential,
            ArrivalKind.Gamma => () => Gamma(shape) / shape,
            _ => throw new ArgumentException($"{kind} has no law of gaps", nameof(kind)),
        };
    }

    public double Next() => _draw();

    // 1 − u lies in (0, 1].
    double Exponential() => -PortableMath.Log(1 - _random.NextDouble());

    // Marsaglia and Tsang: "A simple method for generating gamma variables", ACM TOMS 26 (2000). Below a shape of one from the next higher shape.
    double Gamma(double shape)
    {
        if (shape < 1)
            return Gamma(shape + 1) * PortableMath.Exp(-Exponential() / shape);
        var d = shape - (1.0 / 3);
        var c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            var x = Normal();
            var v = 1 + (c * x);
            if (v <= 0)
                continue;
            v = v * v * v;
            if (PortableMath.Log(1 - _random.NextDouble()) < (0.5 * x * x) + (d * (1 - v + PortableMath.Log(v))))
                return d * v;
        }
    }

    // Marsaglia's polar method: of the operations that differ between machines it needs the logarithm alone.
    double Normal()
    {
        while (true)
        {
            var (x, y) = ((2 * _random.NextDouble()) - 1, (2 * _random.NextDouble()) - 1);
            var square = (x * x) + (y * y);
            if (square is > 0 and < 1)
                return x * Math.Sqrt(-2 * PortableMath.Log(square) / square);
        }
    }
}
