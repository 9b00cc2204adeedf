using System.Xml.Linq;
using Lem.Tests.Architecture;
using Lem.Tests.Shared;
using Xunit;

namespace Lem.Tests;

/// <summary>ARCHITECTURE.md as far as a machine can keep it. The parts under <c>Architecture</c> have their own tests, with planted breaches.</summary>
public sealed class ArchitectureTests
{
    const string Core = "Lem.Core";
    const string Measurement = "Lem.Measurement";
    const string Nvml = $"{Measurement}.Nvml";
    const string Linux = $"{Measurement}.Linux";
    const string Engines = $"{Measurement}.Engines";
    const string OpenAi = $"{Engines}.OpenAi";
    const string Launching = $"{Measurement}.Launching";

    /// <summary>What each project may refer to. Cli only composes; nothing knows Cli.</summary>
    static readonly Layers Projects = new("Lem", new Dictionary<string, string[]>
    {
        [Core] = [],
        [Measurement] = [Core],
        ["Lem.Campaigns"] = [Core, Measurement],
        ["Lem.Reporting"] = [Core],
        ["Lem.Cli"] = ["Lem"],
    });

    /// <summary>What each folder may know: Energy, Hosts and Load not each other, Load of the engines only their contract.</summary>
    static readonly Layers Folders = new("Lem", new Dictionary<string, string[]>
    {
        [Core] = [],
        [Linux] = [Core],
        [Nvml] = [Core],
        [$"{Measurement}.Energy"] = [Core, Nvml, Linux],
        [$"{Measurement}.Hosts"] = [Core, Nvml, Linux],
        [$"{Measurement}.Load"] =
        [
            Core, $"{Engines}.IEngine", $"{Engines}.GenerationRequest", $"{Engines}.SamplingSettings",
            $"{Engines}.TokenEvent", $"{Engines}.TokenEventKind", $"{Engines}.RequestFailure", $"{Engines}.RequestUsage",
        ],
        [$"{Measurement}.Hub"] = [Core],
        [Engines] = [Core, Linux, Launching],
        [$"{OpenAi}.Client"] = [Core, $"{Engines}.TokenEvent", $"{Engines}.TokenEventKind", $"{Engines}.RequestFailure", $"{Engines}.RequestUsage"],
        [$"{OpenAi}.Dialects"] =
        [
            Core, $"{OpenAi}.Client", $"{Engines}.GenerationRequest", $"{Engines}.SamplingSettings", $"{Engines}.EngineModel", $"{Engines}.EngineCounts",
        ],
        [$"{OpenAi}.Commands"] = [Core, $"{Launching}.LaunchCommand"],
        [$"{OpenAi}.Hosting"] = [Core, Launching, $"{OpenAi}.Client", $"{OpenAi}.Commands"],
        [Launching] = [Core, Linux],
        [$"{Measurement}.Experiments"] = [Core, Measurement],
        [$"{Measurement}.Programs"] = [Core, Linux, $"{Measurement}.Energy", $"{Measurement}.Hosts"],
        ["Lem.Campaigns"] = [Core, Measurement],
        ["Lem.Reporting"] = [Core],
        ["Lem.Cli"] = ["Lem"],
    });

    /// <summary>The seams: each has two implementations in <c>src</c>, or will.</summary>
    static readonly string[] Seams = ["IEnergySource", "IEngine", "ILauncher"];

    /// <summary>Breaches of the style that serve its aim, each with the reason.</summary>
    static readonly Dictionary<string, string> AllowedBreaches = new()
    {
        ["src/Lem.Measurement/Nvml/NvmlLayouts.cs does not declare NvmlLayouts: a file is named after its type"] =
            "the structs of one C header are read side by side",
    };

    static readonly string[] Assemblies = ["Lem.Core", "Lem.Measurement", "Lem.Campaigns", "Lem.Reporting", "lem"];

    [Fact]
    public void Projects_refer_only_downwards()
    {
        var references =
            from project in Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.csproj", SearchOption.AllDirectories)
            from reference in XDocument.Load(project).Descendants("ProjectReference")
            select new Reference(
                Path.GetFileNameWithoutExtension(project),
                Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value)); // Without Include nothing builds.

        None(Projects.Breaches(references));
    }

    [Fact]
    public void Folders_know_only_what_they_may() => None(Folders.Breaches(All(assembly => assembly.References)));

    [Fact]
    public void Core_and_Reporting_start_no_process()
        => None(
            from reference in All(assembly => assembly.References)
            where reference.To is "System.Diagnostics.Process" or "System.Diagnostics.ProcessStartInfo"
            where reference.From.StartsWith("Lem.Core.", StringComparison.Ordinal)
                || reference.From.StartsWith("Lem.Reporting.", StringComparison.Ordinal)
            select $"{reference}");

    [Fact]
    public void There_are_three_interfaces_and_no_more()
        => None(
            from type in All(assembly => assembly.Types)
            where type.IsInterface && !Seams.Contains(type.Name.Split('.', '+')[^1])
            select $"{type.Name} is an interface: take a class or a Func");

    [Fact]
    public void No_type_is_named_like_a_drawer()
        => None(
            from type in All(assembly => assembly.Types)
            where TypeName.IsForbidden(type.Name)
            select $"{type.Name} has a name behind which a noun is missing");

    [Theory]
    [InlineData("src")]
    [InlineData("tests")]
    [InlineData("bench")]
    public void Files_are_short_and_named_after_what_they_hold(string folder)
        => None(Repository.Sources(folder)
            .SelectMany(path => new SourceFile(path, File.ReadAllText(Path.Combine(Repository.Root, path))).Breaches())
            .Except(AllowedBreaches.Keys));

    static void None(IEnumerable<string> breaches)
    {
        if (breaches.ToList() is { Count: > 0 } found)
            Assert.Fail(string.Join(Environment.NewLine, found));
    }

    static List<T> All<T>(Func<BuiltAssembly, IEnumerable<T>> read) =>
        [.. Assemblies.SelectMany(name =>
        {
            using var assembly = new BuiltAssembly(Path.Combine(AppContext.BaseDirectory, $"{name}.dll"));
            return read(assembly).ToList();
        })];
}
