using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;

namespace RdmCloud.Gateway.Access;

/// <summary>Refuses to serve strangers without keys.</summary>
public sealed class StartCheck(
    IServer server, IConfiguration configuration, KeyStore keys, TenantStore tenants, IOptions<AccessOptions> options)
    : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Value.Anonymous)
            await tenants.EnsureAsync(Authentication.LocalTenant, cancellationToken);
        if (Addresses().FirstOrDefault(address => !IsLoopback(address)) is not { } open)
            return;
        if (options.Value.Anonymous)
            throw new InvalidOperationException(
                $"{open} can be reached from other machines, and Access:Anonymous lets everyone in. "
                + "Bind to 127.0.0.1, or set it to false.");
        if (options.Value.AdminKey is null && !await keys.AnyAsync(cancellationToken))
            throw new InvalidOperationException(
                $"{open} can be reached from other machines, and there are no API keys. "
                + "Set Access:AdminKey and make one, or bind to 127.0.0.1.");
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Where the server will listen: it has not begun to.</summary>
    IEnumerable<string> Addresses()
    {
        var own = server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        var configured = (configuration["urls"] ?? "")
            .Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var ports = new[] { "http", "https" }.SelectMany(scheme => (configuration[$"{scheme}_ports"] ?? "")
            .Split(';', StringSplitOptions.RemoveEmptyEntries).Select(port => $"{scheme}://*:{port}"));
        var endpoints = configuration.GetSection("Kestrel:Endpoints").GetChildren()
            .Select(endpoint => endpoint["Url"]).OfType<string>();
        return [.. own, .. configured, .. configured.Length == 0 ? ports : [], .. endpoints];
    }

    static bool IsLoopback(string address)
    {
        var host = BindingAddress.Parse(address).Host;
        return host is "localhost" || IPAddress.TryParse(host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip);
    }
}
