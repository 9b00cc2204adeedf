using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Lem.Tests.Shared;
using Lem.Tests.Shared.Nvml;

namespace Lem.IntegrationTests.Metering;

/// <summary>A real lem on a machine with GPUs of known power, played in real time; what programs say they draw is kept in a file.</summary>
sealed class ScenarioMachine : IDisposable
{
    const double IdleWatts = 60;

    readonly LemProcess _lem = new();
    readonly string _file;

    /// <param name="profiles">One GPU of 60 W each: v100, a100, …</param>
    public ScenarioMachine(params string[] profiles)
    {
        Parts.RequireProgram("gcc", "install gcc");
        _file = Path.Combine(_lem.Folder, "scenario");
        File.WriteAllText(_file, "");
        _lem.Variables["LD_LIBRARY_PATH"] = ScenarioLibrary.Folder(_lem.Folder);
        _lem.Variables["LEM_SCENARIO"] = string.Join(',', profiles.Select(profile => $"{profile}:{IdleWatts}"));
        _lem.Variables["LEM_SCENARIO_FILE"] = _file;
    }

    public LemProcess Lem => _lem;

    public string Folder => _lem.Folder;

    /// <summary>Path of a program that works as <c>busy_program.c</c> says.</summary>
    public string BusyProgram()
    {
        var program = Path.Combine(_lem.Folder, "busy");
        var source = Path.Combine(Repository.Root, "tests/Shared/Nvml/busy_program.c");
        using var compiler = Process.Start("gcc", ["-O1", "-Wall", "-Werror", "-o", program, source]);
        compiler.WaitForExit();
        return compiler.ExitCode == 0 ? program : throw new InvalidOperationException("busy_program.c does not compile");
    }

    /// <summary>Measures and answers with the record that was written.</summary>
    public async Task<JsonNode> MeasureAsync(CancellationToken cancellationToken, params string[] program)
    {
        var (exitCode, _, error) = await _lem.RunAsync(cancellationToken, ["measure", "-o", "answer.json", "--", .. program]);
        return exitCode == 0
            ? JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(_lem.Folder, "answer.json"), cancellationToken))! // lem writes an object
            : throw new InvalidOperationException($"exit {exitCode}: {error}");
    }

    /// <summary>What a GPU truly used in a window that begins and ends idle, from the stamps of those who said what they drew.</summary>
    public double TrueJoules(int device, double windowSeconds)
    {
        List<(double At, double Watts)> steps = [.. File.ReadLines(_file).Select(line => line.Split(' ')).Where(words => int.Parse(words[1], CultureInfo.InvariantCulture) == device)
            .Select(words => (ulong.Parse(words[0], CultureInfo.InvariantCulture) / 1e9, double.Parse(words[3], CultureInfo.InvariantCulture)))];
        return (IdleWatts * windowSeconds) + steps.Zip(steps.Skip(1)).Sum(pair => (pair.First.Watts - IdleWatts) * (pair.Second.At - pair.First.At));
    }

    public void Dispose() => _lem.Dispose();
}
