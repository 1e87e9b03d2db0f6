using System.Net.Sockets;
using Microsoft.Extensions.Options;
using RdmCloud.Contracts;

namespace RdmCloud.Webhooks.Addresses;

/// <summary>Which addresses may be registered. Every connection is checked again.</summary>
sealed class WebhookUrls(GuardedConnector connector, IOptions<WebhooksOptions> options)
{
    const int Longest = 2048;

    /// <exception cref="RefusedException">It cannot be told anything: not https, private, or malformed.</exception>
    public async Task CheckAsync(string text, CancellationToken cancellationToken)
    {
        if (text.Length > Longest || !Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Host.Length == 0)
            throw Refused($"It must be a URL of at most {Longest} characters.");
        if (!AllowsScheme(url))
            throw Refused("It must be an https address.");
        if (url.UserInfo.Length > 0)
            throw Refused("It must not hold a user name or password.");
        try
        {
            await connector.ResolveAsync(url.IdnHost.Trim('[', ']'), url.Port, cancellationToken);
        }
        catch (Exception exception) when (exception is SocketException or ArgumentException or ForbiddenAddressException)
        {
            // The same for both: whether there is a name inside is nobody's business.
            throw Refused($"There is no host '{url.Host}' on the public internet, or its port is not one of the web.");
        }
    }

    public bool AllowsScheme(Uri url) =>
        url.Scheme == Uri.UriSchemeHttps || (options.Value.AllowHttp && url.Scheme == Uri.UriSchemeHttp);

    static RefusedException Refused(string message) => new(message, "url");
}
