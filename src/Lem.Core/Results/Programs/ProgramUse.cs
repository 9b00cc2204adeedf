namespace Lem.Core.Results.Programs;

/// <summary>What a program and the processes it started and waited for took from the machine; processes it left behind are not in it.</summary>
/// <param name="UserCpuSec">Processor time in the programs themselves.</param>
/// <param name="SystemCpuSec">Processor time in the kernel on their behalf.</param>
/// <param name="MeanCpus">Processor time ÷ window: 1.5 = one and a half processors busy.</param>
/// <param name="MaxRssBytes">Most main memory held by any one of the processes; null where that is less than lem itself holds.</param>
/// <param name="MaxRssBelowBytes">Then it is less than this: the kernel counts a process from its fork on, and it begins as a copy of lem.</param>
public sealed record ProgramUse(double? UserCpuSec, double? SystemCpuSec, double? MeanCpus, long? MaxRssBytes, long? MaxRssBelowBytes = null);
