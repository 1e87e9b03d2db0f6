using Dapr;
using Dapr.Client;
using Grpc.Core;

namespace RdmCloud.ServiceDefaults.Dapr;

/// <summary>Reads settings from a secret store behind the sidecar. What it says names secrets and never tells them.</summary>
sealed class SecretReader(Sidecar sidecar, string store, DaprOptions options)
{
    /// <exception cref="InvalidOperationException">The sidecar does not come up, or the store does not give a secret.</exception>
    public async Task<Dictionary<string, string?>> ReadAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(options.StartTimeout);
        var builder = new DaprClientBuilder();
        sidecar.Configure(builder);
        using var client = builder.Build();
        try
        {
            await client.WaitForSidecarAsync(limit.Token); // for ever, but for the limit
            var settings = new Dictionary<string, string?>();
            foreach (var secret in options.Secrets)
                foreach (var (key, value) in await ReadAsync(client, secret, limit.Token))
                    settings[KeyOf(key)] = value;
            return settings;
        }
        catch (Exception exception) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new InvalidOperationException($"Dapr's sidecar at {sidecar.Http} has not given the secrets of store "
                + $"'{store}' in {options.StartTimeout}. Is it running?", exception);
        }
    }

    async Task<Dictionary<string, string>> ReadAsync(DaprClient client, string secret, CancellationToken cancellationToken)
    {
        try
        {
            var entries = await client.GetSecretAsync(store, secret, cancellationToken: cancellationToken);
            return entries.Count > 0 ? entries : throw Failed(secret, "there is none of that name", null);
        }
        catch (DaprException exception)
            when (exception.InnerException is RpcException { StatusCode: not StatusCode.Cancelled } failure)
        {
            throw Failed(secret, failure.StatusCode switch
            {
                StatusCode.Unavailable => $"the sidecar does not answer at {sidecar.Grpc}",
                _ => failure.Status.Detail,
            }, exception);
        }
    }

    InvalidOperationException Failed(string secret, string why, Exception? exception) =>
        new($"Secret '{secret}' cannot be read from Dapr's secret store '{store}': {why}.", exception);

    /// <summary>Stores differ in what a name may hold, so <c>__</c> and <c>--</c> say the same as a colon.</summary>
    static string KeyOf(string name) => name.Replace("__", ":").Replace("--", ":");
}
