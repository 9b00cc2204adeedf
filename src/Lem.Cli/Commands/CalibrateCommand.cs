using System.CommandLine;
using Lem.Cli.Metering;

namespace Lem.Cli.Commands;

/// <summary><c>lem calibrate</c>: what an external meter says of a device's sensor.</summary>
static class CalibrateCommand
{
    public static Command Create(CliHost host, GlobalOptions global)
    {
        var command = new Command(
            "calibrate",
            "Fit gain and offset of a device's power sensor from a load that an external meter recorded too; later results carry the calibrated energy beside the raw one. Examples: lem calibrate --meter meter.csv --samples power.csv --gpu GPU-1a2b   ·   lem calibrate --list");
        var meter = new Option<string?>("--meter") { Description = "The meter's table: a column of time and one of power (CSV, also .gz).", HelpName = "file" };
        var samples = new Option<string?>("--samples") { Description = "Power of the same load by the device: timeseries.csv of a run, or what lem measure --samples wrote.", HelpName = "file" };
        var gpu = new Option<string?>("--gpu") { Description = "The device: its UUID or the start of it, as the samples name it. Not needed where they hold one GPU.", HelpName = "id" };
        var column = new Option<string?>("--column") { Description = "The meter's column of power, where several could be meant.", HelpName = "name" };
        var offset = new Option<double?>("--offset") { Description = "Seconds to add to the meter's time. Not given = found from the shape of the load.", HelpName = "seconds" };
        var dryRun = new Option<bool>("--dry-run") { Description = "Fit and show; keep nothing." };
        var list = new Option<bool>("--list") { Description = "Show what is kept." };
        var forget = new Option<string?>("--forget") { Description = "Forget the calibration of a device, or all.", HelpName = "device" };
        foreach (var option in new Option[] { meter, samples, gpu, column, offset, dryRun, list, forget })
            command.Options.Add(option);
        command.SetAction(parsed =>
        {
            var session = new CalibrateSession(host, new(host), parsed.GetValue(global.Json));
            return (int)(parsed.GetValue(list) ? session.List()
                : parsed.GetValue(forget) is { } device ? session.Forget(device)
                : session.Fit(new(
                    parsed.GetValue(meter), parsed.GetValue(samples), parsed.GetValue(gpu), parsed.GetValue(column), parsed.GetValue(offset), parsed.GetValue(dryRun))));
        });
        return command;
    }
}
