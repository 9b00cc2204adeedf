using Lem.Core.Results;
using Lem.Core.Results.Programs;
using Lem.Core.Results.Raw;
using Lem.Core.Units;
using Lem.Reporting.Summaries;
using Xunit;

namespace Lem.Tests.Reporting.Summaries;

public class ProgramSummaryTests
{
    static readonly DomainEnergyRecord Gpu = new(
        EnergyDomain.Gpu, "gpu:a", new Joules(1000), new Joules(400), Method: EnergyMethod.Counter, UncertaintyJ: new Joules(3), BaselinePowerW: new Watts(60));

    static ProgramResult Result(params DomainEnergyRecord[] domains) => new(
        ProgramResult.Schema, "lem", "test", ["bench", "--size", "4"], 7, false, new Timestamps(default, default, 10), ProgramEnergy.Of(domains, 10),
        new ProgramUse(12, 3, 1.5, 200_000_000), domains, [], [], [], new ThermalThrottleInfo(Reason: "no_gpu"), new MeasurementOverhead(), null, [], []);

    [Fact]
    public void A_program_is_told_on_a_few_lines() => Assert.Equal(
        [
            "bench --size 4: exit 7 after 10.0 s",
            "  energy      1.00 kJ by counter ± 3.00 J · 100 W mean",
            "              gpu:a: 1.00 kJ by counter",
            "  above idle  400 J above 60.0 W before the program",
            "  processor   1.50 CPUs busy in the mean (12.0 s user, 3.00 s system)",
            "  memory      200 MB at most in one process",
        ],
        ProgramSummary.Render(Result(Gpu)));

    [Fact]
    public void What_is_not_known_is_said()
    {
        var lines = ProgramSummary.Render(Result() with { Interrupted = true, ExitCode = 130, Resources = new ProgramUse(0, 0, 0, null, 60_000_000) });

        Assert.Contains("bench --size 4: interrupted, exit 130 after 10.0 s", lines);
        Assert.Contains("  energy      not measured (no_energy_source)", lines);
        Assert.Contains("  memory      below 60.0 MB in each process", lines);
    }
}
