using Lem.Benchmarks;
using Lem.Benchmarks.Coverage;

return args switch
{
    ["p1", .. var rest] => await EngineOverhead.RunAsync(rest),
    ["p2", .. var rest] => SamplerCost.Run(rest),
    ["p3"] => await StreamSpeed.RunAsync(),
    ["p4", .. var rest] => await DispatchDelay.RunAsync(rest),
    ["p5", .. var rest] => await StartUp.RunAsync(rest),
    ["p6"] => MeterAgreement.Run(),
    ["p7", .. var rest] => IntervalCoverage.Run(rest),
    ["p8", .. var rest] => AggregationCost.Run(rest),
    ["sensors", .. var rest] => SensorTruth.Run(rest),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("""
        usage: dotnet run -c Release --project bench/Lem.Benchmarks -- <bar> [options]

          p1 [...]    embedded engine against a bare decode loop (--model, --batch, --prompt, --output, --rounds, --threads)
          p2 [seconds [devices]] the sampler's own cost, punctuality and allocations; with devices, on so many scenario GPUs (needs gcc)
          p3          the streaming client: events a second in memory, and over loopback from the mock server
          p4 [rates]  how punctual requests leave at fixed rates, the mock server on the same machine
          p5 [path]   start-up of a published lem, and its memory with 1,400 streams (default: what eng/publish.sh made here)
          p6          energy by NVML against external meters on recorded traces
          p7 [rounds] coverage of the 95 % intervals: the whole table, and what misses
          p8 [path]   aggregation of very many requests, listing of very many experiments (default: the published lem, else this build's)
          sensors [phases] energy on GPUs of known true power, beside naive polling (needs gcc)
        """);
    return 2;
}
