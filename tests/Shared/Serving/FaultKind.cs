using System.Text.Json.Serialization;

namespace Lem.Tests.Shared.Serving;

/// <summary>A way in which a server fails one request.</summary>
public enum FaultKind
{
    /// <summary>An HTTP status with a body in the flavour's shape instead of an answer.</summary>
    [JsonStringEnumMemberName("status")]
    Status,

    /// <summary>Nothing is ever answered, not even headers.</summary>
    [JsonStringEnumMemberName("silence")]
    Silence,

    /// <summary>The stream goes silent and stays open.</summary>
    [JsonStringEnumMemberName("stall")]
    Stall,

    /// <summary>The connection is reset (RST).</summary>
    [JsonStringEnumMemberName("reset")]
    Reset,

    /// <summary>The connection is closed in good order (FIN) in the middle of the answer.</summary>
    [JsonStringEnumMemberName("close")]
    Close,

    /// <summary>The whole server dies: every connection is reset, and the port is closed.</summary>
    [JsonStringEnumMemberName("die")]
    Die,

    /// <summary>An event that tells of an error; the stream then ends in good order.</summary>
    [JsonStringEnumMemberName("stream_error")]
    StreamError,

    /// <summary>One event whose JSON breaks off; the stream then goes on.</summary>
    [JsonStringEnumMemberName("malformed_json")]
    MalformedJson,

    /// <summary>A block of lines that are no server-sent event; the stream then goes on.</summary>
    [JsonStringEnumMemberName("malformed_sse")]
    MalformedSse,

    /// <summary>A comment line of <see cref="MockFault.Bytes"/> bytes; the stream then goes on.</summary>
    [JsonStringEnumMemberName("long_line")]
    LongLine,

    /// <summary>An event whose list of choices is empty although it brings no usage; the stream then goes on.</summary>
    [JsonStringEnumMemberName("empty_choices")]
    EmptyChoices,

    /// <summary>The stream ends as HTTP wants it, without usage, although it was asked for.</summary>
    [JsonStringEnumMemberName("usage_missing")]
    UsageMissing,

    /// <summary>Usage tells seven tokens too many.</summary>
    [JsonStringEnumMemberName("usage_wrong")]
    UsageWrong,

    /// <summary>Usage is told twice.</summary>
    [JsonStringEnumMemberName("usage_doubled")]
    UsageDoubled,

    /// <summary>The stream ends as HTTP wants it, without <c>[DONE]</c>.</summary>
    [JsonStringEnumMemberName("done_missing")]
    DoneMissing,
}
