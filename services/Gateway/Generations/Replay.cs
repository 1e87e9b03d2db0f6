using RdmCloud.Contracts;
using RdmCloud.Contracts.Generations;
using RdmCloud.Gateway.Access;
using RdmCloud.Gateway.Ledger;
using RdmCloud.ObjectStore;

namespace RdmCloud.Gateway.Generations;

/// <summary>Draws a job's pictures again: the same seed, model and database versions.</summary>
public sealed class Replay(JobLedger ledger, JobQuotas quotas, IObjectStore objects, TimeProvider time)
{
    static readonly TimeSpan retention = TimeSpan.FromDays(7);

    public async Task<Job> SubmitAsync(Job original, Caller caller, string? traceParent, CancellationToken cancellationToken)
    {
        await quotas.EnsureAsync(caller.Tenant, original.Pictures, cancellationToken);
        var id = Ids.New("gen", time);
        var now = time.GetUtcNow();
        var generation = LedgerJson.Read<Generation>(original.Generation) with { Deadline = null, ExpiresAt = now + retention };
        if (generation.Query.ImageKey is { } image)
        {
            if (await objects.HeadAsync(image, cancellationToken) is null)
                throw new ValidationException(
                    "image", "The picture that was the query is deleted, so the job cannot be drawn again.");
            await objects.CopyAsync(image, JobKeys.Query(caller.Tenant, id), cancellationToken);
            generation = generation with { Query = new(ImageKey: JobKeys.Query(caller.Tenant, id)) };
        }
        var job = new Job
        {
            Id = id,
            Tenant = caller.Tenant,
            ApiKey = caller.ApiKey,
            Model = original.Model,
            Lane = original.Lane,
            Priority = original.Priority,
            Pictures = original.Pictures,
            Cost = original.Cost,
            CreatedAt = now,
            ExpiresAt = generation.ExpiresAt,
            Generation = LedgerJson.Write(generation),
            Metadata = original.Metadata,
            TraceParent = traceParent,
            ReplayOf = original.Id,
            Tags =
            [
                .. generation.Databases
                    .Select(database => new JobTag { Job = id, Name = JobTag.Database, Value = database.Database }),
                .. LedgerJson.Read<Dictionary<string, string>>(original.Metadata)
                    .Select(label => new JobTag { Job = id, Name = JobTag.MetadataPrefix + label.Key, Value = label.Value }),
            ],
        };
        await ledger.AddAsync(job, cancellationToken);
        return job;
    }
}
