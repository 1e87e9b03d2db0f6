using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace RdmCloud.ServiceDefaults.Remote;

public static class RemoteRegistration
{
    /// <summary>A client of another service, where that service is not in this process.</summary>
    /// <typeparam name="TContract">What the service can be asked.</typeparam>
    /// <typeparam name="TClient">Asks it over HTTP; its constructor takes an <see cref="HttpClient"/>.</typeparam>
    public static IHostApplicationBuilder AddRemote<TContract, TClient>(this IHostApplicationBuilder builder, Func<RemoteOptions, Uri?> address)
        where TContract : class
        where TClient : class, TContract
    {
        var options = builder.Configuration.GetSection(RemoteOptions.Section).Get<RemoteOptions>() ?? new();
        if (address(options) is not { } url)
            throw new InvalidOperationException($"Remote: the address that answers {typeof(TContract).Name} is not set.");
        builder.Services.AddHttpClient<TContract, TClient>(client =>
        {
            client.BaseAddress = url;
            client.DefaultRequestHeaders.Add(InternalRoutes.TokenHeader, options.Token);
        });
        return builder;
    }
}
