using Lem.Core;
using Lem.Core.Results;
using Lem.Core.Units;
using Lem.Measurement.Energy;
using Lem.Measurement.Energy.Calibrating;
using Lem.Tests.Core.Results.Storage;
using Xunit;

namespace Lem.Tests.Measurement.Energy.Calibrating;

public sealed class CalibrationStoreTests : IDisposable
{
    readonly ScratchDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

    CalibrationStore Store => new(_folder["lem/calibration.json"]);

    static DeviceCalibration Calibration(string device, double gain = 0.95, string? driver = "550") => new(
        device, gain, -4, 0.001, 0.2, -0.0001, new Watts(60), new Watts(300), 0.5, new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero), driver, "00");

    [Fact]
    public void What_was_saved_is_read_and_a_new_one_takes_the_place_of_an_old_one()
    {
        Store.Save(Calibration("gpu:a"));
        Store.Save(Calibration("gpu:b"));
        Store.Save(Calibration("gpu:a", gain: 0.97));

        Assert.Equal([Calibration("gpu:b"), Calibration("gpu:a", gain: 0.97)], Store.Read().Devices);
    }

    [Fact]
    public void Without_a_file_nothing_is_calibrated() => Assert.Empty(Store.Read().Devices);

    [Theory]
    [InlineData("not json")]
    [InlineData("""{"schema_version":"2","devices":[]}""")]
    [InlineData("""{"schema_version":"1","devices":[null]}""")]
    public void A_damaged_file_is_told_and_can_be_forgotten(string text)
    {
        Directory.CreateDirectory(_folder["lem"]);
        File.WriteAllText(Store.Path, text);

        Assert.Contains("--forget all", Assert.Throws<LemException>(() => Store.Read()).Hint, StringComparison.Ordinal);
        Assert.Equal(1, Store.Forget(null));
        Assert.Empty(Store.Read().Devices);
    }

    [Fact]
    public void One_of_several_can_be_forgotten()
    {
        Store.Save(Calibration("gpu:a"));
        Store.Save(Calibration("gpu:b"));

        Assert.Equal((1, 0), (Store.Forget("gpu:a"), Store.Forget("gpu:c")));
        Assert.Equal("gpu:b", Assert.Single(Store.Read().Devices).Device);
    }

    [Theory]
    [InlineData("560", true)]
    [InlineData("550", false)]
    [InlineData(null, false)]
    public void Another_driver_is_a_doubt(string? driver, bool doubt)
    {
        var channel = new EnergyChannel(EnergyDomain.Gpu, "gpu:a", EnergyMethod.Counter);

        var findings = new Calibrations([Calibration("gpu:a")]).Doubts([channel, channel with { Device = "gpu:b" }], driver);

        Assert.Equal(doubt ? ["calibration_driver_differs"] : [], findings.Select(finding => finding.Code));
    }
}
