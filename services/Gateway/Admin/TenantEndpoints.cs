using RdmCloud.Gateway.Access;
using RdmCloud.Gateway.Ledger;

namespace RdmCloud.Gateway.Admin;

/// <summary>For operators: who may use the installation, and how much of it.</summary>
public static class TenantEndpoints
{
    public static void MapTenants(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1/admin/tenants").WithTags("Operation");
        group.MapPost("/", CreateAsync).RequireScope(Scopes.Admin)
            .WithSummary("Make a tenant and its first key, which is shown this once")
            .Produces<NewTenantView>(StatusCodes.Status201Created).ProducesProblem(StatusCodes.Status409Conflict);
        group.MapGet("/", ListAsync).RequireScope(Scopes.Admin).WithSummary("List the tenants").Produces<TenantsView>();
        group.MapPatch("/{id}", ChangeAsync).RequireScope(Scopes.Admin).WithSummary("Change a tenant's name, weight and quotas")
            .Produces<TenantView>().ProducesProblem(StatusCodes.Status404NotFound);
        group.MapPost("/{id}/keys", CreateKeyAsync).RequireScope(Scopes.Admin).WithSummary("Make a key for a tenant")
            .Produces<NewKeyView>(StatusCodes.Status201Created).ProducesProblem(StatusCodes.Status404NotFound);
    }

    static async Task<IResult> CreateAsync(
        NewTenantRequest request, TenantStore tenants, KeyStore keys, TimeProvider time, CancellationToken cancellationToken)
    {
        request.Check();
        var tenant = new Tenant { Id = request.Id, Name = request.Name ?? request.Id, CreatedAt = time.GetUtcNow() };
        request.Settings?.ApplyTo(tenant);
        if (!await tenants.AddAsync(tenant, cancellationToken))
            return Results.Problem(statusCode: StatusCodes.Status409Conflict, title: $"There is a tenant '{request.Id}'.");
        var (key, row) = await keys.CreateAsync(tenant.Id, "first", Scopes.OfTenants, null, cancellationToken);
        return Results.Created((string?)null, new NewTenantView(TenantView.Of(tenant), new(key, KeyView.Of(row))));
    }

    static async Task<IResult> ListAsync(TenantStore tenants, CancellationToken cancellationToken) =>
        Results.Ok(new TenantsView([.. (await tenants.ListAsync(cancellationToken)).Select(TenantView.Of)]));

    static async Task<IResult> ChangeAsync(
        string id, TenantSettings settings, TenantStore tenants, CancellationToken cancellationToken)
    {
        settings.Check();
        return await tenants.ChangeAsync(id, settings.ApplyTo, cancellationToken) is { } tenant
            ? Results.Ok(TenantView.Of(tenant))
            : NotFound(id);
    }

    static async Task<IResult> CreateKeyAsync(
        string id, NewKeyRequest request, TenantStore tenants, KeyStore keys, CancellationToken cancellationToken)
    {
        request.Check(allowed: Scopes.OfTenants);
        if (await tenants.FindAsync(id, cancellationToken) is null)
            return NotFound(id);
        var (key, row) = await keys.CreateAsync(id, request.Name, request.Scopes, request.Lifetime, cancellationToken);
        return Results.Created((string?)null, new NewKeyView(key, KeyView.Of(row)));
    }

    static IResult NotFound(string id) =>
        Results.Problem(statusCode: StatusCodes.Status404NotFound, title: $"There is no tenant '{id}'.");
}
