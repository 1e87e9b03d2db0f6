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
        if (request.StoreName != DaprServer.Store)
            throw Error(StatusCode.InvalidArgument, $"failed finding secret store with key {request.StoreName}");
        if (server.Denied.Contains(request.Key))
            throw Error(StatusCode.PermissionDenied, $"access denied by policy to get \"{request.Key}\" from \"{request.StoreName}\"");
        if (!server.Secrets.TryGetValue(request.Key, out var entries))
            throw Error(StatusCode.Internal, $"failed getting secret with key {request.Key} from secret store {request.StoreName}: secret not found");
        return Task.FromResult(new GetSecretResponse { Data = { entries } });
    }

    static RpcException Error(StatusCode code, string detail) => new(new(code, detail));
}
