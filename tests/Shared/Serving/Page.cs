using System.Text;

namespace Lem.Tests.Shared.Serving;

/// <summary>A whole answer of known length.</summary>
sealed record Page(int Status, string ContentType, byte[] Body)
{
    public static Page Json(byte[] body) => new(200, "application/json", body);

    public static Page Text(string body) => new(200, "text/plain; version=0.0.4; charset=utf-8", Encoding.UTF8.GetBytes(body));

    public static Page Empty { get; } = new(200, "text/plain", []);

    public static Page Error(MockOptions options, int status, string message) => new(status, "application/json", ErrorBody.Write(options, status, message));

    public byte[] Head() => Encoding.ASCII.GetBytes(
        $"HTTP/1.1 {Status} {Reason}\r\nContent-Type: {ContentType}\r\nContent-Length: {Body.Length}\r\n\r\n");

    string Reason => Status switch
    {
        200 => "OK",
        400 => "Bad Request",
        401 => "Unauthorized",
        404 => "Not Found",
        429 => "Too Many Requests",
        501 => "Not Implemented",
        503 => "Service Unavailable",
        _ => "Error",
    };
}
