using Lem.Core.Results;
using Lem.Core.Results.Environments;
using Lem.Core.Units;
using Lem.Measurement.Energy;
using Lem.Measurement.Energy.Baselines;
using Lem.Tests.Core.Results.Storage;
using Lem.Tests.Fakes;
using Xunit;

namespace Lem.Tests.Measurement.Energy.Baselines;

public sealed class BaselineCacheTests : IDisposable
{
    static readonly TimeSpan Duration = TimeSpan.FromSeconds(30);
    static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    static readonly EnergyChannel Gpu = new(EnergyDomain.Gpu, "gpu:a", EnergyMethod.Counter, PowerLimit: new Watts(300));
    static readonly EnergyChannel Estimate = new(EnergyDomain.Cpu, "cpu:0", EnergyMethod.Estimated);

    static readonly EnvironmentSnapshot Machine = new(
        DateTimeOffset.UnixEpoch, "test", Gpus: [new GpuSnapshot(0, "a", PersistenceMode: true, MaxSmClockMhz: 1410)], Driver: new DriverSnapshot("550"));

    readonly ScratchDirectory _folder = new();
    readonly ManualClock _clock = new();

    public void Dispose() => _folder.Dispose();

    BaselineCache Cache(string machine = "m") => new(File, machine, _clock);

    string File => Path.Combine(_folder.Path, "lem", "baselines.json");

    static IdleBaseline Baseline(double watts, EnergyChannel? channel = null, bool settled = true) =>
        new([new IdlePower(channel ?? Gpu, new Watts(watts), 0.04, 300, 10, Duration, settled, null)], Duration, []);

    async Task<Finding?> Store(IdleBaseline baseline, EnvironmentSnapshot? machine = null) =>
        await Cache().StoreAsync(baseline, machine ?? Machine, TestContext.Current.CancellationToken);

    double? Found(EnvironmentSnapshot? machine = null, TimeSpan? maxAge = null, TimeSpan? duration = null, EnergyChannel? channel = null, string id = "m") =>
        Cache(id).Find([channel ?? Gpu], machine ?? Machine, duration ?? Duration, maxAge ?? Hour)?.Channels[0].Mean?.Value;

    [Fact]
    public async Task What_was_stored_is_found_with_its_age_and_says_that_it_is_cached()
    {
        Assert.Null(await Store(Baseline(61.5)));
        _clock.Advance(TimeSpan.FromMinutes(12));

        var idle = Assert.Single(Cache().Find([Gpu], Machine, Duration, Hour)!.Channels);

        Assert.Equal((new Watts(61.5), 0.04, true, "cached"), (idle.Mean!.Value, idle.VarianceOfMean!.Value, idle.Settled, idle.Method));
        Assert.Equal(TimeSpan.FromMinutes(12), idle.Age);
    }

    [Fact]
    public async Task An_old_one_is_passed_over()
    {
        await Store(Baseline(61));
        _clock.Advance(TimeSpan.FromMinutes(61));

        Assert.Null(Found());
        Assert.Equal(61, Found(maxAge: TimeSpan.FromHours(2)));
    }

    [Fact]
    public async Task Another_state_of_the_machine_is_another_key()
    {
        await Store(Baseline(61));
        var gpu = Machine.Gpus![0];

        Assert.Equal(61, Found());
        Assert.Null(Found(Machine with { Driver = new DriverSnapshot("560") }));
        Assert.Null(Found(Machine with { Gpus = [gpu with { PersistenceMode = false }] }));
        Assert.Null(Found(Machine with { Gpus = [gpu with { MaxSmClockMhz = 1200 }] }));
        Assert.Null(Found(Machine with { Gpus = [gpu with { ApplicationGraphicsClockMhz = 1200 }] }));
        Assert.Null(Found(channel: Gpu with { PowerLimit = new Watts(250) }));
        Assert.Null(Found(channel: Gpu with { Device = "gpu:b" }));
        Assert.Null(Found(id: "another machine"));
    }

    [Fact]
    public async Task A_shorter_stretch_does_not_serve_for_a_longer_one()
    {
        await Store(Baseline(61));

        Assert.Null(Found(duration: TimeSpan.FromSeconds(60)));
        Assert.Equal(61, Found(duration: TimeSpan.FromSeconds(5)));
    }

    [Fact]
    public async Task One_device_that_is_missing_has_all_measured_anew()
    {
        await Store(Baseline(61));

        Assert.Null(Cache().Find([Gpu, Gpu with { Device = "gpu:b" }], Machine, Duration, Hour));
        Assert.Equal(2, Cache().Find([Gpu, Estimate], Machine, Duration, Hour)?.Channels.Count);
        Assert.Null(Cache().Find([Estimate], Machine, Duration, Hour));
    }

    [Fact]
    public async Task What_had_not_settled_is_not_kept()
    {
        await Store(Baseline(61, settled: false));

        Assert.Null(Found());
        Assert.False(System.IO.File.Exists(File));
    }

    [Fact]
    public async Task A_newer_power_takes_the_place_of_an_older_one()
    {
        await Store(Baseline(61));
        await Store(Baseline(58));

        Assert.Equal(58, Found());
        Assert.Single(System.IO.File.ReadAllLines(File), line => line.Contains("\"key\"", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{ not json")]
    [InlineData("""{"schema_version":"1","entries":[null]}""")]
    [InlineData("""{"schema_version":"1","entries":[{"key":"x"}]}""")]
    [InlineData("""{"schema_version":"99","entries":[]}""")]
    public async Task A_damaged_file_is_passed_over_and_replaced(string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(File)!); // below the scratch folder
        await System.IO.File.WriteAllTextAsync(File, content, TestContext.Current.CancellationToken);

        Assert.Null(Found());
        Assert.Null(await Store(Baseline(61)));
        Assert.Equal(61, Found());
    }

    [Fact]
    public async Task A_time_in_the_future_is_not_believed()
    {
        _clock.Advance(TimeSpan.FromDays(1));
        await Store(Baseline(61));

        Assert.Null(new BaselineCache(File, "m", new ManualClock()).Find([Gpu], Machine, Duration, Hour));
    }

    [Fact]
    public async Task A_place_that_cannot_be_written_to_is_a_finding_and_no_failure()
    {
        await System.IO.File.WriteAllTextAsync(Path.Combine(_folder.Path, "lem"), "a file where the folder should be", TestContext.Current.CancellationToken);

        var finding = await Store(Baseline(61));

        Assert.Equal(("baseline_not_cached", FindingSeverity.Info), (finding!.Code, finding.Severity));
    }

    [Fact]
    public async Task Many_at_once_lose_nothing()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(
            () => new BaselineCache(File, "m", TimeProvider.System).StoreAsync(Baseline(i, Gpu with { Device = $"gpu:{i}" }), Machine, cancellationToken), cancellationToken)));

        var cache = new BaselineCache(File, "m", TimeProvider.System);
        Assert.All(Enumerable.Range(0, 8), i => Assert.NotNull(cache.Find([Gpu with { Device = $"gpu:{i}" }], Machine, Duration, Hour)));
    }

    [Fact]
    public async Task All_are_forgotten_at_once()
    {
        await Store(Baseline(61));

        Assert.Equal(1, await Cache().ForgetAsync(TestContext.Current.CancellationToken));
        Assert.Null(Found());
        Assert.Equal(0, await Cache().ForgetAsync(TestContext.Current.CancellationToken));
    }
}
