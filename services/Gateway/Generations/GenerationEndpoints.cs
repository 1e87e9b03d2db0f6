using System.Diagnostics;
using RdmCloud.Gateway.Access;
using RdmCloud.Gateway.Dispatch;
using RdmCloud.Gateway.Ledger;

namespace RdmCloud.Gateway.Generations;

public static class GenerationEndpoints
{
    public static void MapGenerations(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1/generations").WithTags("Generations");
        group.MapPost("/", SubmitAsync).RequireScope(Scopes.JobsWrite).WithSummary("Submit a job")
            .Produces<JobView>(StatusCodes.Status202Accepted).ProducesValidationProblem(StatusCodes.Status422UnprocessableEntity);
        group.MapGet("/", ListAsync).RequireScope(Scopes.JobsRead).WithSummary("List jobs, newest first");
        group.MapGet("/{id}", GetAsync).RequireScope(Scopes.JobsRead).WithSummary("Get a job")
            .Produces<JobView>().ProducesProblem(StatusCodes.Status404NotFound);
        group.MapPost("/{id}/cancel", CancelAsync).RequireScope(Scopes.JobsWrite).WithSummary("Cancel a job, wherever it is")
            .Produces<JobView>().ProducesProblem(StatusCodes.Status404NotFound);
        group.MapPost("/{id}/replay", ReplayAsync).RequireScope(Scopes.JobsWrite).WithSummary("Draw the same pictures again")
            .Produces<JobView>(StatusCodes.Status202Accepted).ProducesProblem(StatusCodes.Status404NotFound);
        group.MapDelete("/{id}", DeleteAsync).RequireScope(Scopes.JobsWrite).WithSummary("Delete a job's results")
            .Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status404NotFound);
    }

    static async Task<IResult> SubmitAsync(
        GenerationRequest request, Caller caller, HttpContext http, Submission submission, JobWaiting waiting,
        JobPresenter presenter, CancellationToken cancellationToken)
    {
        var job = await submission.SubmitAsync(
            request, caller, http.Request.Headers["Idempotency-Key"], Activity.Current?.Id, cancellationToken);
        return await AcceptedAsync(job, http, waiting, presenter, cancellationToken);
    }

    static async Task<IResult> ReplayAsync(
        string id, Caller caller, HttpContext http, JobLedger ledger, Replay replay, JobWaiting waiting, JobPresenter presenter,
        CancellationToken cancellationToken)
    {
        if (await ledger.FindAsync(caller.Tenant, id, cancellationToken) is not { } original)
            return NotFound(id);
        var job = await replay.SubmitAsync(original, caller, Activity.Current?.Id, cancellationToken);
        return await AcceptedAsync(job, http, waiting, presenter, cancellationToken);
    }

    static async Task<IResult> ListAsync(
        [AsParameters] JobFilter filter, Caller caller, HttpContext http, JobList list, CancellationToken cancellationToken) =>
        Results.Ok(await list.ListAsync(filter, http.Request.Query, caller.Tenant, cancellationToken));

    static async Task<IResult> GetAsync(
        string id, Caller caller, HttpContext http, JobLedger ledger, JobWaiting waiting, JobPresenter presenter,
        CancellationToken cancellationToken) =>
        await ledger.FindAsync(caller.Tenant, id, cancellationToken) is { } job
            ? Results.Ok(await presenter.ShowAsync(await waiting.WaitAsync(job, http, cancellationToken)))
            : NotFound(id);

    static async Task<IResult> CancelAsync(
        string id, Caller caller, JobLedger ledger, JobEnding ending, JobPresenter presenter, CancellationToken cancellationToken)
    {
        if (await ledger.FindAsync(caller.Tenant, id, cancellationToken) is null)
            return NotFound(id);
        return Results.Ok(await presenter.ShowAsync((await ending.CancelAsync(id, cancellationToken))!));
    }

    static async Task<IResult> DeleteAsync(
        string id, Caller caller, JobLedger ledger, JobDeletion deletion, CancellationToken cancellationToken)
    {
        if (await ledger.FindAsync(caller.Tenant, id, cancellationToken) is not { } job)
            return NotFound(id);
        await deletion.DeleteAsync(job, cancellationToken);
        return Results.NoContent();
    }

    /// <summary>202 with the job's address; 200 where the client waited and the job is over.</summary>
    static async Task<IResult> AcceptedAsync(
        Job job, HttpContext http, JobWaiting waiting, JobPresenter presenter, CancellationToken cancellationToken)
    {
        var view = await presenter.ShowAsync(await waiting.WaitAsync(job, http, cancellationToken));
        http.Response.Headers.Location = view.Urls.Self;
        return view.Status > JobStatus.Processing && http.Response.Headers.ContainsKey(JobWaiting.Applied)
            ? Results.Ok(view)
            : Results.Accepted(view.Urls.Self, view);
    }

    static IResult NotFound(string id) =>
        Results.Problem(statusCode: StatusCodes.Status404NotFound, title: $"There is no generation '{id}'.");
}
