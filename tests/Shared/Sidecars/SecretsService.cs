using Grpc.Core;
using RdmCloud.Sidecars.Protocol;

namespace RdmCloud.Sidecars;

/// <summary>The secrets of one store, with the errors that Dapr has for them.</summary>
sealed class SecretsService(DaprServer server) : Protocol.Dapr.DaprBase
{
    public override Task<GetSecretResponse> GetSecret(GetSecretRequest request, ServerCallContext context)
    {
        if (server.ApiToken is { } token && context.RequestHeaders.GetValue("dapr-api-token") != token)
            throw Error(StatusCode.Unauthenticated, "authentication error: api token mismatch");
        server.Asked.Enqueue(request.Key);
        var (store, key) = (request.StoreName, request.Key);
        if (store != DaprServer.Store)
            throw Error(StatusCode.InvalidArgument, $"failed finding secret store with key {store}");
        if (server.Denied.Contains(key))
            throw Error(StatusCode.PermissionDenied, $"access denied by policy to get \"{key}\" from \"{store}\"");
        if (!server.Secrets.TryGetValue(key, out var entries))
            throw Error(StatusCode.Internal, $"failed getting secret with key {key} from secret store {store}: secret not found");
        return Task.FromResult(new GetSecretResponse { Data = { entries } });
    }

    static RpcException Error(StatusCode code, string detail) => new(new(code, detail));
}
