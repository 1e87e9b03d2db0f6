using RdmCloud.ServiceDefaults.Remote;

namespace RdmCloud.Gateway.Dispatch;

/// <summary>For an autoscaler, which knows the installation's token and has no sidecar.</summary>
public static class BacklogEndpoint
{
    public static void MapBacklog(this IEndpointRouteBuilder routes) =>
        routes.MapInternal("backlog", bySidecar: false).MapGet("", AskAsync);

    static async Task<BacklogView> AskAsync(Backlog backlog, CancellationToken cancellationToken) =>
        new(await backlog.CountAsync(cancellationToken));
}
