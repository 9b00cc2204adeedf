namespace Lem.Measurement.Engines.LlamaCpp.Tracing;

/// <summary>Elements of a tensor's four dimensions, the fastest first as ggml has them; zeros where there is no tensor.</summary>
readonly record struct TensorShape(long Columns, long Rows = 1, long Planes = 1, long Volumes = 1)
{
    public double Elements => (double)Columns * Rows * Planes * Volumes;
}
