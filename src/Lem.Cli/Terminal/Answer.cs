using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Lem.Cli.Terminal;

/// <summary>What a command answers on stdout: text for people, or JSON and nothing else; never with a secret.</summary>
sealed class Answer(CliHost host, Messages messages, bool json)
{
    // For terminals and files, not for web pages: < and µ stay readable.
    static readonly JsonWriterOptions _readable = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the form that was asked for; the other is not even made.</summary>
    public void Write(Func<string> text, Func<JsonNode> node)
    {
        if (json)
            Write(node());
        else
            Write(text());
    }

    public void Write(JsonNode node)
    {
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes, _readable))
            messages.Redact(node)?.WriteTo(writer);
        host.Out.WriteLine(Encoding.UTF8.GetString(bytes.ToArray()));
    }

    public void Write(string text)
    {
        if (text is not "")
            host.Out.Write(messages.Redact(text.EndsWith('\n') ? text : text + "\n"));
    }
}
