using Lem.Cli.Hub;
using Lem.Cli.Terminal;
using Lem.Core;
using Lem.Core.Configuration;
using Lem.Measurement.Hub.Datasets;
using Lem.Measurement.Load.Arrivals;
using Lem.Measurement.Load.Prompts;

namespace Lem.Cli.Experiments;

/// <summary>Opens the prompts a configuration names, of this machine or of a data set of the hub, and the trace they are sent by.</summary>
sealed class PromptPreparation(CliHost host, Messages messages, bool isQuiet)
{
    /// <summary>Prompts beyond the measured ones, for warm-up; where they are too short, it has words of its own.</summary>
    const int Spare = 64;

    /// <param name="folder">What a relative path counts from.</param>
    /// <param name="revision">The commit of the data set that an earlier run read; null = the one that counts now.</param>
    /// <exception cref="LemException">The source is missing, malformed, too small, or out of reach.</exception>
    /// <exception cref="ConfigException">The name is none of a data set.</exception>
    public async Task<PromptSet> OpenAsync(ExperimentConfig config, string folder, string? revision, CancellationToken cancellationToken) =>
        (await PromptsAsync(config, folder, revision, cancellationToken)).WithArrivals(config.TrafficSimulation, folder);

    async Task<PromptSet> PromptsAsync(ExperimentConfig config, string folder, string? revision, CancellationToken cancellationToken)
    {
        if (PromptSource.DatasetOf(config) is not { } dataset)
            return PromptSource.Open(config, folder);

        var set = DatasetReference.Of(dataset);
        var wanted = PromptSource.Smaller(dataset.SampleSize, config.NumInputPrompts);
        using var hub = new HubAccess(host, messages, isQuiet);
        var prompts = await hub.Datasets.ReadAsync(set, wanted, Spare, rows => Rows(dataset, rows), revision, hub.Progress, cancellationToken);
        return PromptSet.Take(set.ToString(), [.. prompts.Texts.Select(text => new Prompt(text))], wanted).InOrder(dataset.Order) with { Revision = prompts.Revision };
    }

    static IEnumerable<int> Rows(HuggingFacePrompts dataset, int rows) =>
        dataset.Order is PromptOrder.Shuffled ? PromptShuffle.Draw(rows, (ulong)dataset.Seed) : Enumerable.Range(0, rows);
}
