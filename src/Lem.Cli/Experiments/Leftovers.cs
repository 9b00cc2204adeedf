using Lem.Cli.Machine;
using Lem.Cli.Terminal;
using Lem.Core.Results.Storage;
using Lem.Measurement.Launching;

namespace Lem.Cli.Experiments;

/// <summary>What a lem that was killed has left running. It is ended, and said, before anything is run or resumed, and by <c>lem doctor</c>, <c>lem resume --list</c> and <c>lem results list</c>.</summary>
static class Leftovers
{
    /// <summary>The ledger of what runs now.</summary>
    public static async Task<RunLedger> EndAsync(CliHost host, Messages messages, ResultsDirectory results)
    {
        var ledger = new RunLedger(results.Root);
        foreach (var done in await ledger.CleanUpAsync(new HostDocker(host).Program))
            messages.Note(done);
        return ledger;
    }
}
