using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using Lem.Core.Configuration;
using Lem.Core.Results;

namespace Lem.Measurement.Engines.OpenAi.Hosting;

/// <summary>Whether a server is on this machine, whose energy is measured, or on another.</summary>
public static class ServerAddress
{
    /// <summary>A server at an address that is none of this machine's own; with <c>gpus</c> the user says that it works on these.</summary>
    public static bool IsElsewhere(ExperimentConfig config) =>
        config is { Server.Url: { } url, Gpus: null } && BackendRule.IsServer(config.ResolvedBackend) && !IsHere(AddressesOf(new Uri(url)), OwnAddresses());

    /// <summary>What to doubt of its energy.</summary>
    public static Finding Elsewhere(Uri server) => new(
        "server_elsewhere",
        FindingSeverity.Warning,
        $"the server at {server.Authority} is on another machine: the energy of this one is not its own, and the result has no total",
        Hint: "Run lem on the server's machine for its energy. If it is this one under another name: --set server.url=http://127.0.0.1:…, or name its GPUs (gpus).",
        Data: new() { ["server"] = server.Authority });

    internal static bool IsHere(IReadOnlyList<IPAddress> server, IReadOnlyCollection<IPAddress> own) =>
        server.Count > 0 && server.All(address => IsUnspecifiedOrLoopback(Plain(address)) || own.Select(Plain).Contains(Plain(address)));

    static bool IsUnspecifiedOrLoopback(IPAddress address) => IPAddress.IsLoopback(address) || address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any);

    // ::ffff:10.0.0.1 is 10.0.0.1; and an interface's own zone is not part of the address.
    static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : new IPAddress(address.GetAddressBytes());

    // A name that nobody knows is no machine of ours; the server's own failure to answer is told later.
    static IPAddress[] AddressesOf(Uri url)
    {
        try
        {
            return Dns.GetHostAddresses(url.DnsSafeHost);
        }
        catch (SocketException)
        {
            return [];
        }
    }

    static List<IPAddress> OwnAddresses() =>
        [.. NetworkInterface.GetAllNetworkInterfaces().SelectMany(card => card.GetIPProperties().UnicastAddresses).Select(known => known.Address)];
}
