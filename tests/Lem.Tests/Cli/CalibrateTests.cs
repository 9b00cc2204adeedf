using System.Globalization;
using Xunit;

namespace Lem.Tests.Cli;

public sealed class CalibrateTests : IDisposable
{
    readonly CommandFolder _folder = new();

    public CalibrateTests()
    {
        static string Rows(double rateHz, Func<double, string> row) =>
            string.Concat(Enumerable.Range(0, (int)(50 * rateHz)).Select(i => row(i / rateHz) + "\n"));
        static string Number(double value) => value.ToString(CultureInfo.InvariantCulture);

        _folder.Write("meter.csv", "t_ms,power_w\n" + Rows(100, at => $"{Number(at * 1000)},{Number(Truth(at))}"));
        _folder.Write("samples.csv", "t_s,phase,device,power_w,energy_j\n" + Rows(10, at => $"{Number(at)},measure,gpu:GPU-1a,{Number((0.95 * Truth(at)) - 4)},\n{Number(at)},measure,cpu:0,{Number(20)},"));
    }

    public void Dispose() => _folder.Dispose();

    static double Truth(double at) => at is >= 10 and < 40 ? 300 : 60;

    [Fact]
    public async Task A_device_is_calibrated_listed_and_forgotten()
    {
        var fit = await _folder.JsonAsync("calibrate", "--meter", "meter.csv", "--samples", "samples.csv");
        Assert.Equal(("gpu:GPU-1a", 0.95, -4.0), ((string?)fit["device"], Math.Round((double)fit["gain"]!, 3), Math.Round((double)fit["offset_w"]!, 1)));

        Assert.Single((await _folder.JsonAsync("calibrate", "--list")).AsArray());
        Assert.True(File.Exists(Path.Combine(_folder.Home, ".config/lem/calibration.json")));

        Assert.Equal(1, (int?)(await _folder.JsonAsync("calibrate", "--forget", "GPU-1a"))["forgotten"]);
        Assert.Equal(["no device is calibrated"], await _folder.LinesAsync("calibrate", "--list"));
    }

    [Fact]
    public async Task A_dry_run_keeps_nothing()
    {
        var lines = await _folder.LinesAsync("calibrate", "--meter", "meter.csv", "--samples", "samples.csv", "--dry-run");

        Assert.Contains(lines, line => line.StartsWith("  gain    0.9500", StringComparison.Ordinal));
        Assert.False(Directory.Exists(Path.Combine(_folder.Home, ".config/lem")));
    }

    [Theory]
    [InlineData(2, "both are needed", "calibrate")]
    [InlineData(2, "no device is meant by GPU-9", "calibrate", "--meter", "meter.csv", "--samples", "samples.csv", "--gpu", "GPU-9")]
    [InlineData(3, "cannot be read", "calibrate", "--meter", "nowhere.csv", "--samples", "samples.csv")]
    [InlineData(3, "holds no power of a device", "calibrate", "--meter", "meter.csv", "--samples", "meter.csv")]
    [InlineData(3, "no two plateaus", "calibrate", "--meter", "meter.csv", "--samples", "samples.csv", "--gpu", "cpu:0", "--offset", "0")]
    public async Task What_cannot_be_done_is_told(int code, string message, params string[] args)
    {
        var (ended, _, messages) = await _folder.RunAsync(args);

        Assert.Equal(code, (int)ended);
        Assert.Contains(message, messages, StringComparison.Ordinal);
    }
}
