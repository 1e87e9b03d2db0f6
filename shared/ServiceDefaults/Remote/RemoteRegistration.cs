using Dapr.Client;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using RdmCloud.ServiceDefaults.Dapr;

namespace RdmCloud.ServiceDefaults.Remote;

public static class RemoteRegistration
{
    /// <summary>
    /// A client of another service, where that service is not in this process: through the sidecar where there is one, which then
    /// owns the retries, else at its address. Nothing here tries again.
    /// </summary>
    /// <typeparam name="TContract">What the service can be asked.</typeparam>
    /// <typeparam name="TClient">Asks it over HTTP; its constructor takes an <see cref="HttpClient"/>.</typeparam>
    public static IHostApplicationBuilder AddRemote<TContract, TClient>(
        this IHostApplicationBuilder builder, Func<RemoteOptions, Uri?> address, Func<DaprAppIds, string> appId)
        where TContract : class
        where TClient : class, TContract
    {
        var options = builder.Configuration.GetSection(RemoteOptions.Section).Get<RemoteOptions>() ?? new();
        if (Sidecar.Of(builder) is { } sidecar)
        {
            var (app, dapr) = (appId(DaprOptions.Read(builder.Configuration).AppIds), sidecar.Http.OriginalString);
            AddClient<TContract, TClient>(builder, new($"http://{app}/"), options.Token)
                .AddHttpMessageHandler(() => new InvocationHandler { DaprEndpoint = dapr, DefaultAppId = app });
        }
        else
        {
            var url = address(options)
                ?? throw new InvalidOperationException($"Remote: the address that answers {typeof(TContract).Name} is not set.");
            AddClient<TContract, TClient>(builder, url, options.Token);
        }
        return builder;
    }

    static IHttpClientBuilder AddClient<TContract, TClient>(IHostApplicationBuilder builder, Uri url, string? token)
        where TContract : class
        where TClient : class, TContract =>
        builder.Services.AddHttpClient<TContract, TClient>(client =>
        {
            client.BaseAddress = url;
            client.DefaultRequestHeaders.Add(InternalRoutes.TokenHeader, token);
        });
}
