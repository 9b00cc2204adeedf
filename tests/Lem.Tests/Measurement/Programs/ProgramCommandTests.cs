using Lem.Measurement.Programs;
using Xunit;

namespace Lem.Tests.Measurement.Programs;

public sealed class ProgramCommandTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("lem-program-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_plain_name_is_looked_for_in_the_search_path_and_nowhere_else()
    {
        Make("here/tool", executable: true);
        Make("elsewhere/tool", executable: true);

        Assert.Equal(Path.Combine(_folder, "elsewhere/tool"), Find("tool", path: "/nowhere:" + Path.Combine(_folder, "elsewhere")).File);
        Assert.Equal(ProgramCommand.NotFound, Refused("tool", path: "/nowhere"));
    }

    [Fact]
    public void A_name_with_a_slash_is_a_path_from_the_working_directory()
    {
        Make("here/tool", executable: true);

        Assert.Equal(Path.Combine(_folder, "here", "./tool"), Find("./tool", path: "/nowhere").File);
    }

    [Fact]
    public void One_that_cannot_be_executed_is_passed_over_for_one_that_can()
    {
        Make("first/tool", executable: false);
        Make("second/tool", executable: true);

        Assert.Equal(Path.Combine(_folder, "second/tool"), Find("tool", $"{Path.Combine(_folder, "first")}:{Path.Combine(_folder, "second")}").File);
        Assert.Equal(ProgramCommand.NotExecutable, Refused("tool", Path.Combine(_folder, "first")));
    }

    [Fact]
    public void A_folder_is_no_program()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "here"));

        Assert.Equal(ProgramCommand.NotExecutable, Refused("/", path: null));
    }

    [Fact]
    public void Words_stay_as_they_were_typed()
    {
        Make("here/tool", executable: true);

        Assert.Equal(["./tool", "a b", "*", "$HOME"], ProgramCommand.Find(["./tool", "a b", "*", "$HOME"], null, Path.Combine(_folder, "here")).Words);
    }

    int Refused(string name, string? path) => Assert.Throws<ProgramStartException>(() => Find(name, path)).ExitCode;

    ProgramCommand Find(string name, string? path) => ProgramCommand.Find([name], path, Path.Combine(_folder, "here"));

    void Make(string name, bool executable)
    {
        var file = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!); // below the folder, so that there is one
        File.WriteAllText(file, "#!/bin/sh\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(file, executable ? UnixFileMode.UserRead | UnixFileMode.UserExecute : UnixFileMode.UserRead);
    }
}
