using System.Net;
using Microsoft.Extensions.Options;

namespace RdmCloud.Webhooks.Addresses;

/// <summary>To which addresses a connection may be made on a tenant's behalf: public ones on the web's ports.</summary>
sealed class AddressPolicy(IOptions<WebhooksOptions> options)
{
    static readonly int[] ports = [80, 443, 8080, 8443];

    // The special-purpose registries of IANA: https://www.iana.org/assignments/iana-ipv4-special-registry and -ipv6-.
    static readonly IPNetwork[] forbidden =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
            "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
            "::/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "3fff::/20", "2002::/16", "5f00::/16",
            "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
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
