using System.Text.Json;
using Lem.Cli.Comparisons;
using Lem.Cli.Terminal;
using Lem.Core.Configuration;
using Lem.Core.Results;
using Lem.Core.Results.Comparison;
using Lem.Core.Results.Phases;
using Lem.Core.Results.Storage;
using Lem.Reporting.Phases;

namespace Lem.Cli.Phases;

/// <summary><c>lem results phases</c>: energy of prefill and decode where the engine does not stamp them.</summary>
sealed class PhasesSession(CliHost host, Messages messages, ResultsDirectory directory, bool json)
{
    readonly NamedResults _named = new(directory, host.Time);

    /// <exception cref="ConfigException">What was named cannot tell the phases apart.</exception>
    public ExitCode Run(PhasesRequest request)
    {
        if (request is { OneToken: not null, Names.Count: > 1 })
            _named.Add(new("ID", "--one-token is subtracted from one experiment: name one, or leave --one-token out for a regression over all"));
        var sides = SidesOf("ID", request.Names);
        var oneToken = request.OneToken is { } name ? SidesOf("--one-token", [name]) : [];
        _named.RefuseTwice(sides.Concat(oneToken).SelectMany(side => side.Windows));
        _named.ThrowIfMistaken();

        if (oneToken is [var subtracted] && !PhaseEnergy.IsOneToken(subtracted))
            _named.Add(new("--one-token", $"{subtracted.Name} has answers of more than one token: measure it with --output-len 1"));
        if (oneToken is [var other] && sides.Concat(oneToken).SelectMany(side => side.Windows).DistinctBy(PhaseEnergy.Answered).Count() > 1)
            _named.Add(new("--one-token", $"{other.Name} and {sides[0].Name} have windows of different numbers of answered requests: their energies cannot be subtracted"));
        foreach (var window in sides.Concat(oneToken).SelectMany(side => side.Windows).Where(window => window.EnergyMetrics.TotalEnergyJ is null))
            _named.Add(new("ID", $"{window.ExperimentId} has no energy: lem results show {window.ExperimentId} tells why"));
        _named.ThrowIfMistaken();

        Tell(oneToken is [var one] ? PhaseEnergy.BySubtraction(sides[0], one) : PhaseEnergy.ByRegression(sides));
        return ExitCode.Success;
    }

    IReadOnlyList<Contender> SidesOf(string path, IReadOnlyList<string> names)
    {
        List<IReadOnlyList<ExperimentResult>> results =
            [.. names.Select(name => _named.Select(path, name)).OfType<string>().Distinct().Select(_named.Of).Where(windows => windows.Count > 0)];
        return Contender.From(results);
    }

    void Tell(PhaseEnergyResult result) => new Answer(host, messages, json).Write(
        () => string.Join('\n', PhaseEnergyText.Render(result)),
        () => JsonSerializer.SerializeToNode(result, PhaseEnergyJson.Default.PhaseEnergyResult) ?? throw new InvalidOperationException("a record is an object"));
}
