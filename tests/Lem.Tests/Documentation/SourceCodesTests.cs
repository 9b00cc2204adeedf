using Xunit;

namespace Lem.Tests.Documentation;

public sealed class SourceCodesTests
{
    [Theory]
    [InlineData("new Finding(\"idle_drift\", FindingSeverity.Warning, \"…\")", "idle_drift")]
    [InlineData("static Finding Negative() => new(\n    \"negative\",\n    FindingSeverity.Warning,", "negative")]
    [InlineData("yield return new(\"incomplete\", run.Found < run.Wanted ? FindingSeverity.Invalid : FindingSeverity.Warning, …", "incomplete")]
    [InlineData("OfBand(\"power_brake\", \"slowed down\", gpu)", "power_brake")]
    public void Codes_of_findings_are_seen_in_every_form_they_are_written_in(string source, string code) =>
        Assert.Equal([code], SourceCodes.Findings(source));

    [Theory]
    [InlineData("new UnavailableReason(domain, $\"gpu:{name}\", \"gpu_not_found\", $\"there is no GPU {name}\")", "gpu_not_found")]
    [InlineData("NvmlReturn.GpuIsLost => \"nvml_gpu_lost\",", "nvml_gpu_lost")]
    public void Codes_of_reasons_are_seen(string source, string code) => Assert.Equal([code], SourceCodes.Reasons(source));

    [Theory]
    [InlineData("return None(ReadFailures.Reason(series) ?? \"sample_gap\");", "sample_gap")]
    [InlineData("return None(\"counter_reset\");", "counter_reset")]
    [InlineData("ReadFailure.DeviceLost => \"device_lost\",", "device_lost")]
    [InlineData("return new ThermalThrottleInfo(Reason: \"no_gpu\");", "no_gpu")]
    public void Codes_of_missing_readings_are_seen(string source, string code) => Assert.Equal([code], SourceCodes.ReadingReasons(source));

    [Fact]
    public void No_file_makes_findings_whose_codes_are_not_seen() =>
        Assert.Empty(SourceCodes.Files.Where(file => SourceCodes.MakesFindings(file.Text) && !SourceCodes.Findings(file.Text).Any()).Select(file => file.Path));
}
