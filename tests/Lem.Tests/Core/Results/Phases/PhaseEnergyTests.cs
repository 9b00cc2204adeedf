using Lem.Core.Results;
using Lem.Core.Results.Comparison;
using Lem.Core.Results.Phases;
using Lem.Tests.Core.Results.Comparison;
using Xunit;

namespace Lem.Tests.Core.Results.Phases;

public class PhaseEnergyTests
{
    [Fact]
    public void Each_phase_is_also_told_per_token_of_its_kind()
    {
        // 10 requests of 100 input and 21 output tokens.
        var full = SampleSides.Load("full", 110, 112, 108).With(window => Work(window, requests: 10, input: 1000, output: 210));

        var result = PhaseEnergy.BySubtraction(full, SampleSides.Load("one", 30, 31, 29).With(OneToken));

        Assert.Equal((30.0, 80.0), (result.Split?.PrefillJ, result.Split?.DecodeJ));
        Assert.Equal((0.03, 0.4), (result.PrefillJPerInputToken, result.DecodeJPerOutputToken));
        Assert.DoesNotContain(result.Findings, finding => finding.Code is "compare_lengths_differ" or "phase_decode_negative");
    }

    [Fact]
    public void A_decode_below_zero_is_a_finding()
    {
        var result = PhaseEnergy.BySubtraction(SampleSides.Load("full", 29, 30, 31), SampleSides.Load("one", 31, 32, 33).With(OneToken));

        Assert.Contains(result.Findings, finding => finding.Code == "phase_decode_negative");
    }

    [Fact]
    public void Requests_side_by_side_are_told_of()
    {
        var full = SampleSides.Load("full", 110, 112).With(window => window with { Load = new LoadMetrics(MaxInFlight: 8) });

        Assert.Contains(PhaseEnergy.BySubtraction(full, SampleSides.Load("one", 30, 31).With(OneToken)).Findings, finding => finding.Code == "phase_overlap");
    }

    [Fact]
    public void Waiting_for_arrivals_is_no_prefill()
    {
        var full = SampleSides.Load("full", 110, 112).With(window => window with { Load = new LoadMetrics("open_loop") });

        Assert.Contains(PhaseEnergy.BySubtraction(full, SampleSides.Load("one", 30, 31).With(OneToken)).Findings, finding => finding.Code == "phase_idle_in_prefill");
    }

    [Fact]
    public void Windows_of_many_lengths_give_back_the_coefficients_they_were_made_of()
    {
        List<Contender> sides = [];
        foreach (var (input, output, seconds) in ((int, int, double)[])[(100, 10, 3), (1000, 10, 4), (100, 200, 9), (1000, 200, 12), (500, 50, 20), (300, 150, 15), (800, 80, 6)])
            sides.Add(SampleSides.Load($"w{sides.Count}", 0.02 * input + 0.5 * output + 60 * seconds + 5).With(window => Work(window, 10, input, output, seconds)));

        var regression = PhaseEnergy.ByRegression(sides).Regression;

        Assert.NotNull(regression);
        Assert.Equal(0.02, regression.PerInputTokenJ.Value, 6);
        Assert.Equal(0.5, regression.PerOutputTokenJ.Value, 6);
        Assert.Equal(60, regression.IdleW.Value, 6);
    }

    [Fact]
    public void Windows_of_one_length_allow_no_regression_and_say_why()
    {
        var result = PhaseEnergy.ByRegression([SampleSides.Load("same", 100, 101, 102, 103, 104, 105)]);

        Assert.Null(result.Regression);
        Assert.Equal("columns_depend_on_each_other", result.Reason);
    }

    [Fact]
    public void An_answer_of_more_than_one_token_is_no_one_token_run()
    {
        Assert.True(PhaseEnergy.IsOneToken(SampleSides.Load("one", 30).With(OneToken)));
        Assert.False(PhaseEnergy.IsOneToken(SampleSides.Load("full", 30).With(window => Work(window, requests: 10, input: 1000, output: 11))));
    }

    static ExperimentResult OneToken(ExperimentResult window) => Work(window, requests: 10, input: 1000, output: 10);

    static ExperimentResult Work(ExperimentResult window, int requests, int input, int output, double seconds = 1) => window with
    {
        InferenceMetrics = window.InferenceMetrics with { Requests = requests, FailedRequests = 0, InputTokens = input, OutputTokens = output, InferenceTimeSec = seconds },
    };
}
