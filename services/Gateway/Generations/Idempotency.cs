using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using RdmCloud.Contracts;
using RdmCloud.Gateway.Ledger;

namespace RdmCloud.Gateway.Generations;

/// <summary>
/// <c>Idempotency-Key</c>: the same key with the same request is the same job, for a day; with another request it is refused; and
/// while the first is still taken in, it is a conflict.
/// </summary>
public sealed class Idempotency(IDbContextFactory<LedgerContext> contexts, TimeProvider time)
{
    const int MostCharacters = 255;
    static readonly TimeSpan kept = TimeSpan.FromDays(1);
    static readonly TimeSpan abandoned = TimeSpan.FromMinutes(1); // the process that took it in must have died

    /// <param name="submit">Takes the request in under the job id that it is given.</param>
    public async Task<Job> OnceAsync(
        string tenant, string? header, GenerationRequest request, Func<string, Task<Job>> submit,
        CancellationToken cancellationToken)
    {
        var id = Ids.New("gen", time);
        if (header is null)
            return await submit(id);
        var record = new IdempotencyRecord
        {
            Tenant = tenant, Key = KeyOf(header), RequestHash = HashOf(request), CreatedAt = time.GetUtcNow(),
        };
        if (await ClaimAsync(record, cancellationToken) is { } existing)
            return existing;
        try
        {
            var job = await submit(id);
            await FinishAsync(record, job.Id, cancellationToken);
            return job;
        }
        catch
        {
            await ReleaseAsync(record); // it came to nothing, so the key may be used again
            throw;
        }
    }

    /// <summary>Null where the key is now this request's; else the job that it already made.</summary>
    async Task<Job?> ClaimAsync(IdempotencyRecord record, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var now = time.GetUtcNow();
        await Same(context, record)
            .Where(row => row.CreatedAt < now - kept || row.Job == null && row.CreatedAt < now - abandoned)
            .ExecuteDeleteAsync(cancellationToken);
        if (await Same(context, record).AsNoTracking().SingleOrDefaultAsync(cancellationToken) is not { } first)
        {
            context.Idempotency.Add(record);
            try
            {
                await context.SaveChangesAsync(cancellationToken);
                return null;
            }
            catch (DbUpdateException)
            {
                throw new ConflictException("A request with this Idempotency-Key is being taken in at this moment.");
            }
        }
        if (first.RequestHash != record.RequestHash)
            throw new ValidationException(
                "Idempotency-Key", "It was used with another request. Choose a new key for a new request.");
        return first.Job is null
            ? throw new ConflictException("A request with this Idempotency-Key is being taken in at this moment.")
            : await context.Jobs.AsNoTracking().SingleAsync(job => job.Id == first.Job, cancellationToken);
    }

    async Task FinishAsync(IdempotencyRecord record, string job, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await Same(context, record).ExecuteUpdateAsync(set => set.SetProperty(row => row.Job, job), cancellationToken);
    }

    async Task ReleaseAsync(IdempotencyRecord record)
    {
        await using var context = await contexts.CreateDbContextAsync(CancellationToken.None);
        await Same(context, record).Where(row => row.Job == null).ExecuteDeleteAsync(CancellationToken.None);
    }

    static IQueryable<IdempotencyRecord> Same(LedgerContext context, IdempotencyRecord record) =>
        context.Idempotency.Where(row => row.Tenant == record.Tenant && row.Key == record.Key);

    static string KeyOf(string header)
    {
        var key = header.Trim().Trim('"'); // a structured-field string, which most clients send without its quotes
        return key.Length is > 0 and <= MostCharacters && key.All(character => character is >= ' ' and <= '~')
            ? key
            : throw new ValidationException("Idempotency-Key", $"It must be 1 to {MostCharacters} printable ASCII characters.");
    }

    static string HashOf(GenerationRequest request) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(LedgerJson.Write(request))));
}
