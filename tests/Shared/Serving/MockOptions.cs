namespace Lem.Tests.Shared.Serving;

/// <summary>What a mock server is and how it behaves; nothing of it changes while it runs.</summary>
/// <param name="Version">Decides the names on vLLM's metrics page and the shape of its errors.</param>
/// <param name="Port">Zero = any free one.</param>
/// <param name="TtftMs">From the start of service to the first token of a prompt of which nothing is cached.</param>
/// <param name="ItlMs">Between one event and the next. Zero is a flood: many events per packet.</param>
/// <param name="TokensPerChunk">Tokens in one event.</param>
/// <param name="JitterMs">TTFT and every gap are lengthened or shortened by up to this, uniformly, by <paramref name="Seed"/>.</param>
/// <param name="MaxRunning">Requests in service at once; others wait in the order they came. Null = no limit.</param>
/// <param name="EosAfter">Tokens after which the model wants to stop; null = never.</param>
/// <param name="MaxModelLen">Longest prompt and output together.</param>
/// <param name="ApiKey">Null = none is asked for.</param>
/// <param name="ReadyAfterMs">Until then vLLM and TensorRT-LLM do not listen, and the others answer 503.</param>
/// <param name="PrefixCache">Prefixes are cached in blocks of 16 tokens and shorten TTFT in proportion.</param>
/// <param name="KvBlocks">Blocks of 16 tokens in the KV cache, for its usage.</param>
/// <param name="DraftTokens">Speculative decoding: each event verifies so many drafted tokens and accepts all but one of its own. Null = none.</param>
/// <param name="PreemptEvery">Every so many requests one preemption is counted; null = never.</param>
/// <param name="Metrics">Whether metrics are offered.</param>
/// <param name="DevMode">vLLM's VLLM_SERVER_DEV_MODE: whether the prefix cache can be emptied over HTTP.</param>
/// <param name="TokenizerStatus">What the pages of its tokenizer answer with: 404 where it has none, as TensorRT-LLM 1.2.</param>
/// <param name="TokenizerAnswers">So many questions its tokenizer answers well before that.</param>
/// <param name="KeepRequests">Requests whose stamps and bodies are kept; later ones are served and forgotten.</param>
/// <param name="KeepBodyBytes">Longest body that is kept.</param>
sealed record MockOptions(
    Flavour Flavour = Flavour.Vllm,
    string Version = "0.12.0",
    string Model = "mock",
    int Port = 0,
    double TtftMs = 0,
    double ItlMs = 0,
    int TokensPerChunk = 1,
    double JitterMs = 0,
    int Seed = 0,
    int? MaxRunning = null,
    int? EosAfter = null,
    int MaxModelLen = 131_072,
    string? ApiKey = null,
    double ReadyAfterMs = 0,
    bool PrefixCache = false,
    int KvBlocks = 10_000,
    int? DraftTokens = null,
    int? PreemptEvery = null,
    bool Metrics = true,
    bool DevMode = true,
    int KeepRequests = 100_000,
    int KeepBodyBytes = 64 << 10,
    int TokenizerStatus = 200,
    int TokenizerAnswers = 0,
    WireFormat? Wire = null,
    IReadOnlyList<MockFault>? Faults = null)
{
    /// <summary>Tokens in a block of the KV cache.</summary>
    public const int BlockTokens = 16;

    public WireFormat Wire { get; init; } = Wire ?? new();

    public IReadOnlyList<MockFault> Faults { get; init; } = Faults ?? [];

    public Version ParsedVersion => System.Version.Parse(Version);

    /// <summary>Nothing is waited for between events.</summary>
    public bool IsFlood => ItlMs <= 0 && JitterMs <= 0;
}
