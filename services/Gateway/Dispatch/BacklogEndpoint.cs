using RdmCloud.ServiceDefaults.Remote;

namespace RdmCloud.Gateway.Dispatch;

/// <summary>For an autoscaler, which knows the installation's token.</summary>
public static class BacklogEndpoint
{
    public static void MapBacklog(this IEndpointRouteBuilder routes) => routes.MapInternal("backlog").MapGet("", AskAsync);

    static async Task<BacklogView> AskAsync(Backlog backlog, CancellationToken cancellationToken) =>
        new(await backlog.CountAsync(cancellationToken));
}
