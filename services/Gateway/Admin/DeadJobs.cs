using Microsoft.Extensions.Options;
using RdmCloud.Gateway.Ledger;

namespace RdmCloud.Gateway.Admin;

/// <summary>Jobs whose command was given up and is sent again.</summary>
public sealed class DeadJobs(JobLedger ledger, IOptions<LedgerOptions> limits)
{
    public Task ReopenAsync(string? job, CancellationToken cancellationToken) => job is null
        ? Task.CompletedTask
        : ledger.ChangeAsync(job, (row, now) => row.Reopen(now, now + limits.Value.SamplingTimeout), cancellationToken);
}
