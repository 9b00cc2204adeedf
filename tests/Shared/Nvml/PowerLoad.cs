namespace Lem.Tests.Shared.Nvml;

/// <summary>What a device draws while a window is open.</summary>
/// <param name="PeriodSeconds">With which it repeats; 0 = it does not.</param>
sealed record PowerLoad(string Name, double PeriodSeconds, Action<NvmlScenario, int, double> Begin)
{
    public const double IdleWatts = 60;

    public static PowerLoad Constant { get; } = new("constant", 0, (gpus, device, _) => gpus.Power(device, 250));

    public static PowerLoad Ramp { get; } = new("ramp", 0, (gpus, device, seconds) => gpus.Ramp(device, 100, 300, seconds));

    /// <summary>From idle to 300 W and back.</summary>
    public static PowerLoad Square(double periodMs, double dutyPercent) => new(
        FormattableString.Invariant($"square {periodMs:0} ms {dutyPercent:0} %"),
        periodMs / 1e3,
        (gpus, device, _) => gpus.Square(device, IdleWatts, 300, periodMs / 1e3, dutyPercent / 100));

    /// <summary>The loads of the acceptance table.</summary>
    public static IReadOnlyList<PowerLoad> All { get; } =
    [
        Constant,
        Ramp,
        .. from period in (double[])[20, 25, 33, 50, 100, 130, 150, 200, 800] from duty in (double[])[25, 50] select Square(period, duty),
    ];
}
