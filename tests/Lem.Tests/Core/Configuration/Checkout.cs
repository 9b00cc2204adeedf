namespace Lem.Tests.Core.Configuration;

/// <summary>The folder of the checkout the tests were built from.</summary>
static class Checkout
{
    public static string? Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "LLenergyMeasure.slnx")))
            folder = folder.Parent;
        return folder?.FullName;
    }
}
