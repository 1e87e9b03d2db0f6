using System.Net;
using Microsoft.Extensions.Options;

namespace RdmCloud.Webhooks.Addresses;

/// <summary>To which addresses a connection may be made on a tenant's behalf: public ones on the web's ports.</summary>
sealed class AddressPolicy(IOptions<WebhooksOptions> options)
{
    static readonly int[] ports = [80, 443, 8080, 8443];

    // The special-purpose registries of IANA: https://www.iana.org/assignments/iana-ipv4-special-registry and -ipv6-. Of IPv6
    // only 2000::/3 is the public internet: the rest holds, beside private networks, several disguises of IPv4 addresses.
    static readonly IPNetwork[] forbidden =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
            "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
            "224.0.0.0/4", "240.0.0.0/4",
            "168.63.129.16/32", // public by its number, but the host of a virtual machine on Azure, which tells it settings
            "::/3", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20", "4000::/2", "8000::/1",
        }.Select(network => IPNetwork.Parse(network)),
    ];

    readonly IPNetwork[] allowed = [.. options.Value.AllowedNetworks.Select(network => IPNetwork.Parse(network))];

    public bool Allows(IPAddress address, int port)
    {
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4(); // as which a dual-mode socket reports every IPv4 address
        return allowed.Any(network => network.Contains(address))
            || ports.Contains(port) && !forbidden.Any(network => network.Contains(address));
    }
}
