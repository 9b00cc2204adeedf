using Lem.Core.Configuration;
using Xunit;

namespace Lem.Tests.Core.Configuration;

public sealed class ExtendsTests : IDisposable
{
    readonly ConfigFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Mappings_merge_lists_are_replaced_and_null_overrides()
    {
        _folder.Write("base.yaml", "decoder: { temperature: 0.5, top_k: 9 }\ngpus: [0, 1]\nmodel_revision: main\nmax_input_tokens: 64\n");

        var config = _folder.LoadFragment("_extends: base.yaml\ndecoder: { top_k: 3 }\ngpus: [2]\nmodel_revision: null\n").Config;

        Assert.Equal(0.5, config.Decoder.Temperature);
        Assert.Equal(3, config.Decoder.TopK);
        Assert.Equal([GpuId.FromInt32(2)], config.Gpus!);
        Assert.Null(config.ModelRevision);
        Assert.Equal(64, config.MaxInputTokens);
    }

    [Fact]
    public void A_chain_is_followed_and_each_leaf_knows_its_file()
    {
        _folder.Write("folder/root.yaml", "max_output_tokens: 7\n");
        _folder.Write("folder/middle.yaml", "_extends: root.yaml\nmax_input_tokens: 8\n");

        var loaded = _folder.LoadFragment("_extends: folder/middle.yaml\n");

        Assert.Equal("file:folder/root.yaml", loaded.Provenance.Single(entry => entry.Path == "max_output_tokens").Source);
        Assert.Equal("file:folder/middle.yaml", loaded.Provenance.Single(entry => entry.Path == "max_input_tokens").Source);
    }

    [Fact]
    public void A_circle_is_an_error()
    {
        _folder.Write("a.yaml", "_extends: b.yaml\n");
        _folder.Write("b.yaml", "_extends: a.yaml\n");

        Assert.Contains("circle", ErrorOf("_extends: a.yaml\n").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_chain_of_more_than_sixteen_files_is_an_error()
    {
        for (var number = 0; number < 20; number++)
            _folder.Write($"{number}.yaml", $"_extends: {number + 1}.yaml\n");

        Assert.Contains("more than 16", ErrorOf("_extends: 0.yaml\n").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_parent_outside_the_files_folder_and_the_working_directory_is_not_read()
    {
        _folder.Write("../outside.yaml", "secret: read\n");

        var error = ErrorOf("_extends: ../outside.yaml\n");

        Assert.Contains("outside the file's own folder", error.Message, StringComparison.Ordinal);
        Assert.Equal("_extends", error.Path);
    }

    [Fact]
    public void A_link_does_not_lead_outside_either()
    {
        _folder.Write("../outside.yaml", "max_output_tokens: 5\n");
        File.CreateSymbolicLink(Path.Combine(_folder.Work, "inside.yaml"), Path.GetFullPath("../outside.yaml", _folder.Work));

        Assert.Contains("outside", ErrorOf("_extends: inside.yaml\n").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_parent_is_named() => Assert.Equal("does not exist", ErrorOf("_extends: nowhere.yaml\n").Message);

    [Fact]
    public void A_parent_must_be_one_path() => Assert.Contains("must be the path of one file", ErrorOf("_extends: [a, b]\n").Message, StringComparison.Ordinal);

    ConfigError ErrorOf(string yaml) => Assert.Single(_folder.ErrorsOf(yaml));
}
