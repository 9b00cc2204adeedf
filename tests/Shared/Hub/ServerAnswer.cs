using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Lem.Tests.Shared.Hub;

/// <summary>Writes one answer of the test hub, or spoils it as the mischief wants.</summary>
/// <param name="closing">Ends silences.</param>
sealed class ServerAnswer(HttpListenerContext context, Mischief? mischief, Task closing)
{
    public Mischief? Mischief => mischief;

    public Task StatusAsync(int status, IReadOnlyDictionary<string, string>? headers = null)
    {
        var response = Begin(status, headers);
        response.ContentLength64 = 0;
        response.Close();
        return Task.CompletedTask;
    }

    public Task JsonAsync(JsonObject json, Dictionary<string, string> headers) => ContentAsync(Encoding.UTF8.GetBytes(json.ToJsonString()), headers);

    /// <summary>Content, or the part of it that was asked for.</summary>
    public async Task ContentAsync(byte[] content, Dictionary<string, string> headers)
    {
        var (first, last) = mischief?.IgnoreRange is true ? (0, content.Length - 1) : RangeOf(content.Length);
        if (first >= content.Length && content.Length > 0)
        {
            await StatusAsync(416);
            return;
        }

        var isPart = first > 0 || last < content.Length - 1;
        var response = Begin(isPart ? 206 : 200, headers);
        if (isPart)
            response.Headers["Content-Range"] = string.Create(CultureInfo.InvariantCulture, $"bytes {first}-{last}/{content.Length}");
        var body = content.AsMemory(first, last - first + 1);
        response.ContentLength64 = body.Length;
        if (context.Request.HttpMethod != "HEAD")
            await BodyAsync(response, mischief?.Spoil is true ? new byte[body.Length] : body);
        response.Close();
    }

    async Task BodyAsync(HttpListenerResponse response, ReadOnlyMemory<byte> body)
    {
        var stop = Math.Min(body.Length, mischief?.CutAfterBytes ?? mischief?.Silence ?? body.Length);
        await response.OutputStream.WriteAsync(body[..stop]);
        await response.OutputStream.FlushAsync();
        if (mischief?.Silence is not null)
            await closing;
        if (stop < body.Length)
            response.Abort();
    }

    (int First, int Last) RangeOf(int length)
    {
        if (context.Request.Headers["Range"] is not { } range)
            return (0, length - 1);
        var ends = range["bytes=".Length..].Split('-');
        return (int.Parse(ends[0], CultureInfo.InvariantCulture), ends[1] is "" ? length - 1 : Math.Min(length - 1, int.Parse(ends[1], CultureInfo.InvariantCulture)));
    }

    HttpListenerResponse Begin(int status, IReadOnlyDictionary<string, string>? headers)
    {
        var response = context.Response;
        response.StatusCode = status;
        foreach (var (name, value) in headers ?? new Dictionary<string, string>())
            response.Headers[name] = value;
        return response;
    }
}
