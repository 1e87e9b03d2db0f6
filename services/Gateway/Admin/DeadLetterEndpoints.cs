using RdmCloud.Gateway.Access;
using RdmCloud.Gateway.Ledger;
using RdmCloud.ServiceDefaults.Bus;

namespace RdmCloud.Gateway.Admin;

/// <summary>For operators: commands that were given up.</summary>
public static class DeadLetterEndpoints
{
    public static void MapDeadLetters(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1/admin/dead-letters").WithTags("Operation");
        group.MapGet("/", ListAsync).RequireScope(Scopes.Admin).WithSummary("List what was given up").Produces<DeadLettersView>();
        group.MapGet("/{queue}/{id}", async (
                string queue, string id, IDeadLetters letters, CancellationToken cancellationToken) =>
                await letters.FindAsync(queue, id, cancellationToken) is { } found ? Results.Ok(found) : NotFound(queue, id))
            .RequireScope(Scopes.Admin).WithSummary("Look at one with its message").Produces<DeadLetterContent>();
        group.MapPost("/{queue}/{id}/resend", ResendAsync).RequireScope(Scopes.Admin)
            .WithSummary("Give it to its stage again; a job that failed goes on").Produces(StatusCodes.Status204NoContent);
        group.MapDelete("/{queue}/{id}", async (
                string queue, string id, IDeadLetters letters, CancellationToken cancellationToken) =>
                await letters.DiscardAsync(queue, id, cancellationToken) ? Results.NoContent() : NotFound(queue, id))
            .RequireScope(Scopes.Admin).WithSummary("Discard it").Produces(StatusCodes.Status204NoContent);
    }

    static async Task<IResult> ListAsync(IDeadLetters letters, CancellationToken cancellationToken) =>
        Results.Ok(new DeadLettersView(await letters.ListAsync(cancellationToken)));

    static async Task<IResult> ResendAsync(
        string queue, string id, IDeadLetters letters, DeadJobs jobs, CancellationToken cancellationToken)
    {
        if (await letters.FindAsync(queue, id, cancellationToken) is not { } found)
            return NotFound(queue, id);
        await jobs.ReopenAsync(found.Letter.Job, cancellationToken); // first, or its outcome would come to a job that is over
        return await letters.SendAgainAsync(queue, id, cancellationToken) ? Results.NoContent() : NotFound(queue, id);
    }

    static IResult NotFound(string queue, string id) =>
        Results.Problem(statusCode: StatusCodes.Status404NotFound, title: $"There is no message '{id}' in '{queue}'.");
}
