using Lem.Measurement.Engines.OpenAi.Dialects;
using Xunit;

namespace Lem.Tests.Measurement.Engines.OpenAi.Dialects;

public sealed class PrometheusPageTests
{
    const string Page = """
        # HELP vllm:num_requests_running Number of requests in model execution batches.
        # TYPE vllm:num_requests_running gauge
        vllm:num_requests_running{engine="0",model_name="m"} 3.0
        vllm:num_requests_running{engine="1",model_name="m"} 2.0
        vllm:cache_config_info{block_size="16",num_gpu_blocks="2048",note="a } b"} 1.0
        process_start_time_seconds 1.7e+09
        with_time 5 1700000000000
        infinite +Inf
        this line is broken
        """;

    readonly PrometheusPage _page = PrometheusPage.Parse(Page);

    [Fact]
    public void Engines_of_one_server_are_added() => Assert.Equal((5, 3), (_page.Sum("vllm:num_requests_running"), _page.Max("vllm:num_requests_running")));

    [Fact]
    public void Facts_stand_in_labels() => Assert.Equal(("2048", null), (_page.Label("vllm:cache_config_info", "num_gpu_blocks"), _page.Label("vllm:cache_config_info", "size")));

    [Fact]
    public void Numbers_come_in_all_their_forms()
    {
        Assert.Equal(1.7e9, _page.Sum("process_start_time_seconds"));
        Assert.Equal(5, _page.Sum("with_time"));
        Assert.Equal(double.PositiveInfinity, _page.Sum("infinite"));
        Assert.Null(_page.Sum("no_such_series"));
    }

    [Fact]
    public void Of_several_names_the_first_that_is_there_counts() => Assert.Equal(5, _page.Sum("new_name", "vllm:num_requests_running"));
}
