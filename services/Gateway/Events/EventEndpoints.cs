using System.Net.ServerSentEvents;
using RdmCloud.Gateway.Access;
using RdmCloud.Gateway.Ledger;

namespace RdmCloud.Gateway.Events;

public static class EventEndpoints
{
    public static void MapEvents(this IEndpointRouteBuilder routes) => routes.MapGet("/v1/generations/{id}/events", StreamAsync)
        .RequireScope(Scopes.JobsRead).WithTags("Generations").WithSummary("Watch a job as server-sent events")
        .Produces<string>(StatusCodes.Status200OK, "text/event-stream").ProducesProblem(StatusCodes.Status404NotFound);

    static async Task<IResult> StreamAsync(
        string id, Caller caller, HttpContext http, JobLedger ledger, JobEventStream events, CancellationToken cancellationToken)
    {
        if (await ledger.FindAsync(caller.Tenant, id, cancellationToken) is not { } job)
            return Results.Problem(statusCode: StatusCodes.Status404NotFound, title: $"There is no generation '{id}'.");
        var after = int.TryParse(http.Request.Headers["Last-Event-ID"], out var last) ? last : 0;
        if (job.IsOver && after >= job.LastEvent)
            return Results.NoContent(); // which tells a browser not to come back
        http.Response.Headers["X-Accel-Buffering"] = "no"; // or a proxy holds the events back
        return TypedResults.ServerSentEvents(events.StreamAsync(caller.Tenant, id, after, cancellationToken));
    }
}
