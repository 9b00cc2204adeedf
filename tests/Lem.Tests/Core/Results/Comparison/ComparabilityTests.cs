using System.Text.Json.Nodes;
using Lem.Core.Results;
using Lem.Core.Results.Comparison;
using Lem.Core.Results.Raw;
using Xunit;

namespace Lem.Tests.Core.Results.Comparison;

public class ComparabilityTests
{
    static readonly Contender A = SampleSides.Load("a", 100, 101);
    static readonly Contender B = SampleSides.Load("b", 95, 96);

    [Fact]
    public void Alike_in_all_but_the_configuration_leaves_only_that_each_was_loaded_once() => Assert.Equal(["compare_one_load_each"], Codes(A, B));

    [Fact]
    public void Loads_that_were_repeated_leave_no_doubt() =>
        Assert.Empty(Codes([.. SampleSides.Campaign("ABAB", [100, 101], [95, 96])]));

    [Fact]
    public void A_measured_and_an_estimated_energy_are_not_comparable()
    {
        var doubt = Doubts(A, Energy(B, EnergyMethod.Estimated)).Single(finding => finding.Code == "compare_methods_differ");

        Assert.Equal(FindingSeverity.Invalid, doubt.Severity);
        Assert.Contains("measured (a); estimated (b)", doubt.Message, StringComparison.Ordinal);
        Assert.Contains("compare_estimated", Codes(Energy(A, EnergyMethod.Estimated), Energy(B, EnergyMethod.Estimated)));
    }

    [Fact]
    public void Other_machines_processors_drivers_gpus_and_limits_are_named()
    {
        var doubts = Doubts(On(A, "one", "Xeon", "a", 300, "570.1"), On(B, "two", "EPYC", "b", 250, "580.2"));

        Assert.Contains(doubts, doubt => doubt.Code == "compare_machines_differ" && doubt.Message.Contains("one (a); two (b)", StringComparison.Ordinal));
        Assert.Contains(doubts, doubt => doubt.Code == "compare_processors_differ");
        Assert.Contains(doubts, doubt => doubt.Code == "compare_gpus_differ" && doubt.Message.Contains("Test gpu:a (a); Test gpu:b (b)", StringComparison.Ordinal));
        Assert.Contains(doubts, doubt => doubt.Code == "compare_power_limits_differ" && doubt.Message.Contains("300 W (a); 250 W (b)", StringComparison.Ordinal));
        Assert.Contains(doubts, doubt => doubt.Code == "compare_drivers_differ");
    }

    [Fact]
    public void The_name_of_a_container_is_no_machine() =>
        Assert.DoesNotContain("compare_machines_differ", Codes(On(A, "0a1b", "Xeon", "a", 300, "1", "docker"), On(B, "2c3d", "Xeon", "a", 300, "1", "docker")));

    [Fact]
    public void Totals_over_other_kinds_of_devices_are_named() =>
        Assert.Contains("compare_domains_differ", Codes(A, B.With(window => window with
        {
            EnergyBreakdown = window.EnergyBreakdown with { Domains = [.. window.EnergyBreakdown.Domains.Where(domain => domain.Domain == EnergyDomain.Gpu)] },
        })));

    [Fact]
    public void Other_prompts_and_longer_answers_are_named()
    {
        Assert.Contains("compare_prompts_differ", Codes(A, B.With(window => window with { Dataset = window.Dataset with { PromptSetSha256 = "ffff" } })));
        Assert.Contains("compare_lengths_differ", Codes(A, B.With(window => window with { InferenceMetrics = window.InferenceMetrics with { OutputTokens = 2000 } })));
    }

    [Theory]
    [InlineData("warning", FindingSeverity.Warning)]
    [InlineData("invalid", FindingSeverity.Invalid)]
    public void Throttling_is_named_by_its_band(string band, FindingSeverity severity) =>
        Assert.Contains(
            Doubts(A, B.With(window => window with { ThermalThrottle = window.ThermalThrottle with { Band = band } })),
            doubt => doubt.Code == "compare_throttled" && doubt.Severity == severity);

    [Fact]
    public void What_a_result_says_against_itself_is_repeated()
    {
        var doubts = Doubts(A, B.With(window => window with { Partial = true, Findings = [new("incomplete", FindingSeverity.Invalid, "…"), new("window_short", FindingSeverity.Warning, "…")] }));

        Assert.Contains(doubts, doubt => doubt.Code == "compare_invalid" && doubt.Message.EndsWith(": incomplete.", StringComparison.Ordinal));
        Assert.Contains(doubts, doubt => doubt.Code == "compare_partial");
    }

    [Fact]
    public void What_was_measured_once_is_named()
    {
        var doubt = Doubts(A, SampleSides.Load("b", 95)).Single();

        Assert.Equal("compare_single_cycle", doubt.Code);
        Assert.Contains("Measured once: b.", doubt.Message, StringComparison.Ordinal);
    }

    static IReadOnlyList<Finding> Doubts(params IReadOnlyList<Contender> sides) => ConfigurationComparer.Compare(sides, []).Findings;

    static IEnumerable<string> Codes(params IReadOnlyList<Contender> sides) => Doubts(sides).Select(doubt => doubt.Code);

    static Contender Energy(Contender side, EnergyMethod method) =>
        side.With(window => window with { EnergyMetrics = window.EnergyMetrics with { TotalEnergyMethod = method } });

    static Contender On(Contender side, string host, string cpu, string gpu, double watts, string driver, string container = "none") => side.With(window => window with
    {
        Environment = new EnvironmentPair(
            new JsonObject
            {
                ["hostname"] = host,
                ["container"] = container,
                ["cpu"] = new JsonObject { ["model"] = cpu },
                ["driver"] = new JsonObject { ["driver"] = driver },
                ["gpus"] = new JsonArray(new JsonObject { ["uuid"] = gpu, ["name"] = "Test", ["enforced_power_limit_w"] = watts }),
            },
            null),
        EnergyBreakdown = window.EnergyBreakdown with { Domains = [window.EnergyBreakdown.Domains[0] with { Device = $"gpu:{gpu}" }] },
    });
}
