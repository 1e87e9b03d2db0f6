using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace RdmCloud.ServiceDefaults.Dapr;

public static class DaprRegistration
{
    /// <summary>
    /// Decides whether this process uses a sidecar, and reads its secrets, which go before all other settings. Call it before
    /// anything that reads settings.
    /// </summary>
    /// <exception cref="InvalidOperationException">A setting is not valid, or a secret cannot be read.</exception>
    public static async Task AddDaprAsync(this IHostApplicationBuilder builder, CancellationToken cancellationToken = default)
    {
        var options = DaprOptions.Read(builder.Configuration);
        var sidecar = Sidecar.Find(builder.Configuration, options.Mode);
        builder.Services.AddHostedService(services =>
            ActivatorUtilities.CreateInstance<DaprNote>(services, Note(sidecar, options)));
        if (sidecar is not null)
            await AddAsync(builder, sidecar, options, cancellationToken);
        else if (options is { SecretStore: { Length: > 0 } store, Mode: not DaprMode.Off })
            throw new InvalidOperationException($"Dapr:SecretStore is '{store}', but no sidecar is there to read it: neither "
                + "DAPR_HTTP_PORT nor another of Dapr's variables is set. Set Dapr:Mode to on to wait for one, or to off.");
    }

    static async Task AddAsync(
        IHostApplicationBuilder builder, Sidecar sidecar, DaprOptions options, CancellationToken cancellationToken)
    {
        sidecar.Decide(builder);
        builder.Services.AddSingleton(sidecar);
        builder.Services.AddDaprClient(sidecar.Configure);
        builder.Services.AddHealthChecks().AddCheck<SidecarCheck>("dapr", tags: ["ready"]);
        if (options.SecretStore is { Length: > 0 } store)
            builder.Configuration.AddInMemoryCollection(
                await new SecretReader(sidecar, store, options).ReadAsync(cancellationToken));
    }

    static string Note(Sidecar? sidecar, DaprOptions options) => sidecar is null
        ? "Dapr is off: other services are called at their own addresses."
        : $"Dapr is on: other services are called through the sidecar at {sidecar.Http}"
            + (options.SecretStore is { Length: > 0 } store
                ? $", secrets are of store '{store}': {string.Join(", ", options.Secrets)}."
                : ".");
}
