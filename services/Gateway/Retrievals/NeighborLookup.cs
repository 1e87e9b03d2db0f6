using Microsoft.EntityFrameworkCore;
using RdmCloud.Contracts;
using RdmCloud.Contracts.Databases;
using RdmCloud.Contracts.Generations;
using RdmCloud.Contracts.Models;
using RdmCloud.Gateway.Access;
using RdmCloud.Gateway.Generations;
using RdmCloud.Gateway.Ledger;
using RdmCloud.Gateway.Models;

namespace RdmCloud.Gateway.Retrievals;

/// <summary>Embeds a query and finds its neighbors, as a job would, and draws nothing.</summary>
public sealed class NeighborLookup(
    ModelCatalog models, DatabaseChooser chooser, IEmbedder embedder, IDatabases databases, QueryImages images,
    IDbContextFactory<LedgerContext> contexts, TimeProvider time)
{
    const int MostNeighbors = 200;

    public async Task<RetrievalView> SearchAsync(RetrievalRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var queries =
            (request.Prompt is not null ? 1 : 0) + (request.Image is not null ? 1 : 0) + (request.Vector is not null ? 1 : 0);
        var problems = new Problems();
        problems.Require(queries == 1, "prompt", "Give one of prompt, image and vector.");
        problems.Require(request.K is null or >= 1 and <= MostNeighbors, "k", $"It must be 1 to {MostNeighbors}.");
        if (problems.Any)
            throw problems.ToException();
        var model = await models.FindAsync(request.Model, cancellationToken)
            ?? throw new ValidationException("model", $"There is no model '{request.Model}'.");
        var choices = await chooser.ChooseAsync(request.Databases, caller.Tenant, model, cancellationToken);
        var id = Ids.New("ret", time);
        var query = await embedder.EmbedAsync(
            model.Name, await QueryAsync(request, caller, id, cancellationToken), cancellationToken);
        var search = new NeighborSearch(
            query.Vector, choices, request.K ?? model.Defaults.K, request.Pinned ?? [], request.Excluded ?? []);
        var neighbors = await databases.SearchAsync(caller.Tenant, search, cancellationToken);
        await CountAsync(id, caller, cancellationToken);
        return new(model.Name, [.. choices.Select(choice => new DatabaseView(choice.Database, choice.Weight, choice.Version))],
            [.. neighbors.Select(NeighborView.Of)], query.Truncated, time.GetElapsedTime(started).TotalMilliseconds);
    }

    async Task<GenerationQuery> QueryAsync(
        RetrievalRequest request, Caller caller, string id, CancellationToken cancellationToken) =>
        request switch
        {
            { Prompt: { } prompt } => new(Text: prompt),
            { Vector: { } vector } => new(Vector: PackedEmbedding.Pack(vector)),
            _ => new(ImageKey: await images.KeepAsync(
                request.Image!, caller, $"transit/retrievals/{id}", cancellationToken)),
        };

    async Task CountAsync(string id, Caller caller, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        context.Retrievals.Add(new() { Id = id, Tenant = caller.Tenant, ApiKey = caller.ApiKey, At = time.GetUtcNow() });
        await context.SaveChangesAsync(cancellationToken);
    }
}
