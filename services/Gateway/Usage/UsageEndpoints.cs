using Microsoft.EntityFrameworkCore;
using RdmCloud.Gateway.Access;
using RdmCloud.Gateway.Generations;
using RdmCloud.Gateway.Ledger;

namespace RdmCloud.Gateway.Usage;

public static class UsageEndpoints
{
    public static void MapUsage(this IEndpointRouteBuilder routes) => routes.MapGet("/v1/usage", GetAsync)
        .RequireScope(Scopes.UsageRead).WithTags("Usage").WithSummary("What was used, by key and day").Produces<UsageView>();

    static async Task<IResult> GetAsync(
        Caller caller, UsageReport report, TimeProvider time, CancellationToken cancellationToken,
        DateTimeOffset? from = null, DateTimeOffset? to = null)
    {
        var end = to ?? time.GetUtcNow();
        var start = from ?? end.AddDays(-30);
        if (start >= end || end - start > UsageReport.Longest)
            throw new ValidationException("from", "It must lie before to, by a year at most.");
        return Results.Ok(await report.ReadAsync(caller.Tenant, start, end, cancellationToken));
    }
}
