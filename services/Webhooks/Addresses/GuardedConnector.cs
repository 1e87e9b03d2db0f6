using System.Net;
using System.Net.Sockets;

namespace RdmCloud.Webhooks.Addresses;

/// <summary>
/// Connects to the very addresses that were checked. A check any earlier would be of no use: a name may have another address when
/// it is asked for again.
/// </summary>
sealed class GuardedConnector(AddressPolicy policy, INameResolver resolver)
{
    /// <summary>The addresses of a host, all of them allowed.</summary>
    /// <exception cref="ForbiddenAddressException">One is not.</exception>
    /// <exception cref="SocketException">There is no such host.</exception>
    public async Task<IPAddress[]> ResolveAsync(string host, int port, CancellationToken cancellationToken)
    {
        var addresses = IPAddress.TryParse(host, out var literal)
            ? [literal]
            : await resolver.ResolveAsync(host, cancellationToken);
        return Array.TrueForAll(addresses, address => policy.Allows(address, port))
            ? addresses
            : throw new ForbiddenAddressException();
    }

    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var (host, port) = (context.DnsEndPoint.Host.Trim('[', ']'), context.DnsEndPoint.Port);
        var addresses = await ResolveAsync(host, port, cancellationToken);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
