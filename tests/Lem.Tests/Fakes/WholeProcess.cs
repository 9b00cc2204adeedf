using Xunit;

namespace Lem.Tests.Fakes;

/// <summary>Tests of what the whole process holds: none other runs beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class WholeProcess
{
    public const string Name = "whole process";
}
