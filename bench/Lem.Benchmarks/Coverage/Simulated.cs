namespace Lem.Benchmarks.Coverage;

/// <summary>Data of known distributions.</summary>
static class Simulated
{
    public static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    public static double[] Normals(Random random, int n, double mean = 0, double sd = 1) => Draw(n, () => mean + sd * Normal(random));

    /// <summary>Median 1; the mean is exp(σ²/2).</summary>
    public static double[] Lognormals(Random random, int n, double sigma) => Draw(n, () => Math.Exp(sigma * Normal(random)));

    /// <summary>AR(1) of mean 0 and variance 1, in its stationary state from the first value on.</summary>
    public static double[] Autoregressive(Random random, int n, double rho)
    {
        var last = Normal(random);
        var innovation = Math.Sqrt(1 - rho * rho);
        return Draw(n, () =>
        {
            var now = last;
            last = rho * last + innovation * Normal(random);
            return now;
        });
    }

    static double[] Draw(int n, Func<double> next)
    {
        var values = new double[n];
        for (var i = 0; i < n; i++)
            values[i] = next();
        return values;
    }
}
