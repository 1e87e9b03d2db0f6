using Microsoft.EntityFrameworkCore;
using RdmCloud.Contracts;
using RdmCloud.Gateway.Generations;
using RdmCloud.Gateway.Ledger;
using RdmCloud.ObjectStore;

namespace RdmCloud.Gateway.Uploads;

/// <summary>Pictures that clients send ahead; they are kept for a day.</summary>
public sealed class UploadStore(IDbContextFactory<LedgerContext> contexts, IObjectStore objects, TimeProvider time)
{
    static readonly TimeSpan kept = TimeSpan.FromDays(1);

    public async Task<Upload> AddAsync(string tenant, Stream content, string contentType, CancellationToken cancellationToken)
    {
        var id = Ids.New("upl", time);
        var upload = new Upload
        {
            Id = id, Tenant = tenant, Key = $"tenants/{tenant}/uploads/{id}", ExpiresAt = time.GetUtcNow() + kept,
        };
        await objects.PutAsync(upload.Key, content, contentType, cancellationToken);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        context.Uploads.Add(upload);
        await context.SaveChangesAsync(cancellationToken);
        return upload;
    }

    public async Task<Upload?> FindAsync(string tenant, string id, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var now = time.GetUtcNow();
        return await context.Uploads.AsNoTracking()
            .SingleOrDefaultAsync(
                upload => upload.Id == id && upload.Tenant == tenant && upload.ExpiresAt > now, cancellationToken);
    }

    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var now = time.GetUtcNow();
        var expired = await context.Uploads.Where(upload => upload.ExpiresAt <= now).Take(100).ToListAsync(cancellationToken);
        foreach (var upload in expired)
        {
            await objects.DeleteAsync(upload.Key, cancellationToken);
            context.Uploads.Remove(upload);
        }
        await context.SaveChangesAsync(cancellationToken);
    }
}
