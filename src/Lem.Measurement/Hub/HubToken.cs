using System.Text;
using Lem.Core;

namespace Lem.Measurement.Hub;

/// <summary>The user's token. It has no text form, so that none can slip into a message or a file.</summary>
public sealed class HubToken
{
    readonly string _value;

    /// <exception cref="LemException">It cannot be a token.</exception>
    public HubToken(string value, string origin = "HF_TOKEN")
    {
        if (value.Any(character => character is <= ' ' or > '~'))
            throw new LemException($"{origin} holds no token: it has spaces or other characters that no token has", "Set it to a token of huggingface.co/settings/tokens (hf_…).");
        _value = value;
    }

    /// <summary>For the Authorization header, and nothing else.</summary>
    internal string Header => $"Bearer {_value}";

    /// <summary>Into a new file that only this user can read, for a program that is to ask the hub in the user's name.</summary>
    public void WriteTo(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var file = new FileStream(path, options);
        file.Write(Encoding.ASCII.GetBytes(_value));
    }

    public override string ToString() => "[token]";

    /// <summary>From <c>HF_TOKEN</c>, else <c>HUGGING_FACE_HUB_TOKEN</c>, else the file in which <c>hf auth login</c> keeps it.</summary>
    internal static HubToken? Find(Func<string, string?> variable, string file)
    {
        foreach (var name in (string[])["HF_TOKEN", "HUGGING_FACE_HUB_TOKEN"])
        {
            if (variable(name)?.Trim() is { Length: > 0 } value)
                return new(value, name);
        }

        try
        {
            return File.Exists(file) && File.ReadAllText(file).Trim() is { Length: > 0 } kept ? new(kept, file) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LemException($"{file}: the token cannot be read: {e.Message}", "Give the file read permission, or set HF_TOKEN.", e);
        }
    }
}
