using System.Net;

namespace RdmCloud.Webhooks.Addresses;

sealed class DnsResolver : INameResolver
{
    public Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken) =>
        Dns.GetHostAddressesAsync(host, cancellationToken);
}
