using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using RdmCloud.Contracts.Databases;
using RdmCloud.Gateway.Ledger;

namespace RdmCloud.Gateway.Generations;

/// <summary>Lists a tenant's jobs, newest first.</summary>
public sealed class JobList(IDbContextFactory<LedgerContext> contexts, JobPresenter presenter)
{
    const int DefaultLimit = 20;

    public async Task<Page<JobView>> ListAsync(
        JobFilter filter, IQueryCollection query, string tenant, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var jobs = context.Jobs.AsNoTracking().Where(job => job.Tenant == tenant);
        if (filter.Status is { } status)
            jobs = Where(jobs, StatusOf(status));
        if (filter.CreatedAfter is { } after)
            jobs = jobs.Where(job => job.CreatedAt > after);
        if (filter.CreatedBefore is { } before)
            jobs = jobs.Where(job => job.CreatedAt < before);
        if (filter.Database is { } database)
            jobs = jobs.Where(job => job.Tags.Any(tag => tag.Name == JobTag.Database && tag.Value == database));
        foreach (var (name, value) in MetadataOf(query))
            jobs = jobs.Where(job => job.Tags.Any(tag => tag.Name == JobTag.MetadataPrefix + name && tag.Value == value));
        if (filter.Cursor is { } cursor) // ids sort by the time they were made
            jobs = jobs.Where(job => string.Compare(job.Id, cursor) < 0);
        var limit = PageLimit.Check(filter.Limit ?? DefaultLimit);
        var page = await jobs.OrderByDescending(job => job.Id).Take(limit + 1).ToListAsync(cancellationToken);
        var views = await Task.WhenAll(page.Take(limit).Select(presenter.ShowAsync));
        return new(views, page.Count > limit ? views[^1].Id : null);
    }

    static IQueryable<Job> Where(IQueryable<Job> jobs, JobStatus status) => jobs.Where(job => job.Status == status);

    static JobStatus StatusOf(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<JobStatus>(JsonSerializer.Serialize(text), LedgerJson.Options);
        }
        catch (JsonException)
        {
            throw new ValidationException("status", "It must be queued, processing, completed, failed, canceled or expired.");
        }
    }

    static IEnumerable<(string Name, string Value)> MetadataOf(IQueryCollection query) =>
        from field in query
        where field.Key.StartsWith("metadata[", StringComparison.Ordinal) && field.Key.EndsWith(']')
        from value in field.Value
        select (field.Key["metadata[".Length..^1], value ?? "");
}
