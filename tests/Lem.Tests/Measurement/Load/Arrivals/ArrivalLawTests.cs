using FsCheck;
using FsCheck.Fluent;
using Lem.Core;
using Lem.Core.Configuration;
using Lem.Measurement.Load.Arrivals;
using Lem.Measurement.Load.Traces;
using Lem.Tests.Shared.Traces;
using Xunit;
using PromptSet = Lem.Measurement.Load.Prompts.PromptSet;

namespace Lem.Tests.Measurement.Load.Arrivals;

public sealed class ArrivalLawTests
{
    static readonly ArrivalKind[] Laws = [ArrivalKind.Constant, ArrivalKind.Poisson, ArrivalKind.Gamma];

    [Fact]
    public void Constant_arrivals_are_one_gap_apart() =>
        Assert.Equal([250_000_000, 500_000_000, 750_000_000, 1_000_000_000], ArrivalLaw.Draw(new(true, ArrivalKind.Constant, TargetQps: 4), 4, seed: 1));

    // Drawn apart from lem, with sixty digits; the same on every machine.
    [Theory]
    [InlineData(ArrivalKind.Poisson, 1, "176009903 182042063 1005134298 1316704375 1531288827 1633515081 1858337949 2000000000")]
    [InlineData(ArrivalKind.Gamma, 0.25, "29947191 180299354 180300050 744277373 1941007353 1941007469 1990651596 2000000000")]
    [InlineData(ArrivalKind.Gamma, 3, "194950471 811729063 969176874 1146191613 1513755227 1578593379 1819641290 2000000000")]
    public void A_seed_gives_the_same_arrivals_everywhere(ArrivalKind kind, double shape, string offsetsNs) =>
        Assert.Equal(offsetsNs, string.Join(' ', ArrivalLaw.Draw(new(true, kind, TargetQps: 4, Burstiness: shape), 8, seed: 7)));

    [Fact]
    public void Requests_span_exactly_what_the_rate_says_in_rising_order() =>
        Prop.ForAll(Any, any =>
        {
            var offsets = ArrivalLaw.Draw(any.Traffic, any.Requests, any.Seed);
            Assert.Equal(any.Requests, offsets.Length);
            Assert.Equal((long)Math.Round(any.Requests / any.Traffic.TargetQps * 1e9), offsets[^1]);
            Assert.True(offsets[0] >= 0 && offsets.Zip(offsets.Skip(1)).All(pair => pair.First <= pair.Second));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Equal_seeds_draw_equally_and_others_otherwise() =>
        Prop.ForAll(Any, any =>
        {
            var offsets = ArrivalLaw.Draw(any.Traffic, any.Requests, any.Seed);
            Assert.Equal(offsets, ArrivalLaw.Draw(any.Traffic, any.Requests, any.Seed));
            // The last is where the rate says; and very bursty ones may all come at once.
            if (any.Traffic is { Mode: not ArrivalKind.Constant, Burstiness: > 0.5 } && any.Requests > 1)
                Assert.NotEqual(offsets, ArrivalLaw.Draw(any.Traffic, any.Requests, any.Seed + 1));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Unscaled_gaps_are_the_laws_own()
    {
        var law = new GapLaw(ArrivalKind.Gamma, 2, seed: 5);
        var ends = new double[1000];
        for (var i = 0; i < ends.Length; i++)
            ends[i] = (i == 0 ? 0 : ends[i - 1]) + law.Next();

        var offsets = ArrivalLaw.Draw(new(true, ArrivalKind.Gamma, TargetQps: 8, Burstiness: 2), ends.Length, seed: 5, scaled: false);

        Assert.Equal(ends.Select(end => (long)Math.Round(end / 8 * 1e9)), offsets);
        // Their sum has a standard deviation of √(1000 / 2) gaps: it is near the span, and not on it.
        Assert.NotEqual(125_000_000_000, offsets[^1]);
        Assert.InRange(ends[^1], 1000 - (4 * 22.4), 1000 + (4 * 22.4));
    }

    [Theory]
    [InlineData(0.25)]
    [InlineData(1)]
    [InlineData(4)]
    public void Scaled_gaps_vary_as_the_docstring_says(double shape)
    {
        // Few requests, so that scaling shows: the coefficient of variation over many seeds.
        const int N = 5;
        const int Seeds = 40_000;
        var squares = Enumerable.Range(0, Seeds)
            .SelectMany(seed => Gaps(ArrivalLaw.Draw(new(true, ArrivalKind.Gamma, 1, shape), N, (ulong)seed)))
            .Average(gap => (gap - 1) * (gap - 1));

        // Dirichlet: N·D has the variance (N − 1)/(k·N + 1). Two in a hundred is five standard errors of the burstiest, and more of the others.
        Assert.Equal(1, squares / ((N - 1) / ((shape * N) + 1)), 0.02);
    }

    [Fact]
    public void A_ramp_brings_the_requests_that_its_rate_integrates_to()
    {
        // 0 to 10 requests/s in 10 s are 50 requests, the n-th after √(2n) s; then 10 a second.
        var offsets = ArrivalLaw.Draw(Ramp(0, 10, 10), 60, seed: 1);

        for (var n = 1; n <= 50; n++)
            Assert.Equal(Math.Sqrt(2 * n), offsets[n - 1] / 1e9, 1e-9);
        for (var n = 51; n <= 60; n++)
            Assert.Equal(10 + ((n - 50) / 10.0), offsets[n - 1] / 1e9, 1e-9);
    }

    [Fact]
    public void Any_ramp_has_had_its_integral_of_requests_at_any_time() =>
        Prop.ForAll(Gen.Choose(0, 50).Two().Where(ends => ends.Item2 > 0).ToArbitrary(), Gen.Choose(1, 300).ToArbitrary(), (ends, duration) =>
        {
            var (from, to) = ends;
            var offsets = ArrivalLaw.Draw(Ramp(from, to, duration), 400, seed: 1);
            for (var n = 1; n <= offsets.Length; n++)
            {
                var at = offsets[n - 1] / 1e9;
                var within = Math.Min(at, duration);
                var integral = (from * within) + ((to - from) * within * within / (2 * duration)) + (to * (at - within));
                Assert.Equal(n, integral, 1e-5);
            }
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_ramp_to_nothing_brings_so_many_and_no_more()
    {
        Assert.Equal(300, ArrivalLaw.Most(Ramp(10, 0, 60), null));
        Assert.Null(ArrivalLaw.Most(Ramp(10, 1, 60), null));
        Assert.Equal(60, ArrivalLaw.Draw(Ramp(10, 0, 60), 300, seed: 1)[^1] / 1e9, 1e-3);

        var prompts = PromptSet.Take("t", [.. Enumerable.Range(0, 301).Select(i => new Lem.Measurement.Load.Prompts.Prompt($"{i}"))], null);
        var error = Assert.Throws<LemException>(() => prompts.WithArrivals(Ramp(10, 0, 60), "."));
        Assert.Equal("a ramp to a rate of 0 brings 300 requests, but 301 prompts are to be sent", error.Message);
    }

    [Fact]
    public void A_trace_comes_at_its_own_times_faster()
    {
        RecordedTrace trace = new("t", [.. new[] { 0, 1.5, 1.5, 4 }.Select(s => new TraceRow(TimeSpan.FromSeconds(3 + s), 1, 1))]);
        var traffic = new TrafficConfig(true, ArrivalKind.Trace, Trace: new("t", Speedup: 2));

        Assert.Equal([0, 750_000_000, 750_000_000, 2_000_000_000], ArrivalLaw.Draw(traffic, 4, seed: 1, trace));
        Assert.Equal([0, 750_000_000], ArrivalLaw.Draw(traffic, 2, seed: 1, trace));
        Assert.Equal(4, ArrivalLaw.Most(traffic, trace));
    }

    [Fact]
    public void Azure_conversations_keep_their_rhythm_at_ten_times_their_speed()
    {
        var path = PublishedTraces.Require("azure-llm-2023-conversation.csv");
        var traffic = new TrafficConfig(true, ArrivalKind.Trace, Trace: new(path, TraceFormat.Azure, Speedup: 10));
        var trace = ReplayedTrace.OfArrivals(traffic, ".");

        var offsets = ArrivalLaw.Draw(traffic, 19_366, seed: 1, trace);

        double[] gaps = [.. Gaps(offsets).Skip(1)];
        var mean = gaps.Average();
        var deviation = Math.Sqrt(gaps.Sum(gap => (gap - mean) * (gap - mean)) / (gaps.Length - 1));
        Assert.Equal(350_172_193_700, offsets[^1]);
        Assert.Equal(0.0180827, mean, 7);
        Assert.Equal(1.094198, deviation / mean, 6);
    }

    static TrafficConfig Ramp(double from, double to, double seconds) => new(true, ArrivalKind.Ramp, Ramp: new(from, to, seconds));

    static IEnumerable<double> Gaps(long[] offsetsNs) => offsetsNs.Select((at, i) => (at - (i == 0 ? 0 : offsetsNs[i - 1])) / 1e9);

    static Arbitrary<(TrafficConfig Traffic, int Requests, ulong Seed)> Any =>
        (from law in Gen.Elements(Laws)
         from thousandths in Gen.Choose(1, 10_000_000)
         from shape in Gen.Choose(5, 2000)
         from requests in Gen.Choose(1, 500)
         from seed in ArbMap.Default.GeneratorFor<ulong>()
         select (new TrafficConfig(true, law, thousandths / 1000.0, shape / 100.0), requests, seed)).ToArbitrary();
}
