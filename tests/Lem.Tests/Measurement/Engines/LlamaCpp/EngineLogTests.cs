using Lem.Measurement.Engines.LlamaCpp;
using Lem.Measurement.Engines.LlamaCpp.Native;
using Xunit;

namespace Lem.Tests.Measurement.Engines.LlamaCpp;

public sealed class EngineLogTests
{
    readonly EngineLog _log = new();

    [Fact]
    public void Pieces_make_lines()
    {
        _log.Write(LlamaLogLevel.Info, "load: ");
        _log.Write(LlamaLogLevel.Continue, "done\nnext");
        _log.Write(LlamaLogLevel.Continue, " line\n");

        Assert.Equal(["I load: done", "I next line"], _log.Lines());
    }

    [Fact]
    public void Rows_of_dots_are_no_lines()
    {
        _log.Write(LlamaLogLevel.Info, "......\n\n");

        Assert.Empty(_log.Lines());
    }

    [Fact]
    public void Warnings_and_errors_are_told_once()
    {
        _log.Write(LlamaLogLevel.Warning, "hot\n");
        _log.Write(LlamaLogLevel.Info, "fine\n");
        _log.Write(LlamaLogLevel.Error, "broken\n");
        _log.Write(LlamaLogLevel.Warning, "hot\n");

        Assert.Equal(["hot", "broken"], _log.TakeTroubles());
        _log.Write(LlamaLogLevel.Warning, "hot\n");
        Assert.Empty(_log.TakeTroubles());
    }

    [Fact]
    public void A_context_sized_for_the_run_is_no_trouble()
    {
        _log.Write(LlamaLogLevel.Warning, "llama_context: n_ctx_seq (256) < n_ctx_train (4096) -- the full capacity of the model will not be utilized\n");

        Assert.Empty(_log.TakeTroubles());
        Assert.Single(_log.Lines());
    }

    [Fact]
    public void Only_the_last_lines_are_kept()
    {
        for (var i = 0; i < 5_000; i++)
            _log.Write(LlamaLogLevel.Warning, $"line {i}\n");

        Assert.Equal(2_000, _log.Lines().Count);
        Assert.Equal("W line 4999", _log.Lines()[^1]);
        Assert.Equal(50, _log.TakeTroubles().Count);
    }
}
