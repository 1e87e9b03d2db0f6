using Dapr.Client;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace RdmCloud.ServiceDefaults.Dapr;

/// <summary>Dapr's process beside this one, where there is one.</summary>
public sealed class Sidecar
{
    internal const string AppTokenHeader = "dapr-api-token";

    static readonly string[] tellers = ["DAPR_HTTP_ENDPOINT", "DAPR_HTTP_PORT", "DAPR_GRPC_ENDPOINT", "DAPR_GRPC_PORT"];

    Sidecar(IConfiguration configuration) => (Http, Grpc, AppToken) =
        (Address(configuration, "HTTP", 3500), Address(configuration, "GRPC", 50001), configuration["APP_API_TOKEN"]);

    public Uri Http { get; }

    public Uri Grpc { get; }

    /// <summary>What the sidecar's own calls bear, where it has been given one.</summary>
    public string? AppToken { get; }

    /// <summary>As the mode says, or as the variables do that Dapr sets for its apps.</summary>
    public static Sidecar? Find(IConfiguration configuration, DaprMode mode) => mode switch
    {
        DaprMode.Off => null,
        DaprMode.Auto when tellers.All(name => string.IsNullOrEmpty(configuration[name])) => null,
        _ => new(configuration),
    };

    /// <summary>What <see cref="DaprRegistration.AddDaprAsync"/> has decided for this process.</summary>
    internal static Sidecar? Of(IHostApplicationBuilder builder) =>
        builder.Properties.TryGetValue(typeof(Sidecar), out var sidecar) ? (Sidecar)sidecar : null;

    internal void Decide(IHostApplicationBuilder builder) => builder.Properties[typeof(Sidecar)] = this;

    internal void Configure(DaprClientBuilder client) =>
        client.UseHttpEndpoint(Http.OriginalString).UseGrpcEndpoint(Grpc.OriginalString);

    static Uri Address(IConfiguration configuration, string protocol, int usualPort)
    {
        var endpoint = configuration[$"DAPR_{protocol}_ENDPOINT"];
        if (string.IsNullOrEmpty(endpoint))
            endpoint = $"http://127.0.0.1:{(configuration[$"DAPR_{protocol}_PORT"] is { Length: > 0 } port ? port : usualPort)}";
        return Uri.TryCreate(endpoint, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? address
            : throw new InvalidOperationException($"Dapr: '{endpoint}' cannot be where the sidecar answers over {protocol}.");
    }
}
