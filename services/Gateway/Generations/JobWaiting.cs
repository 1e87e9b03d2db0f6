using System.Globalization;
using RdmCloud.Gateway.Ledger;

namespace RdmCloud.Gateway.Generations;

/// <summary>
/// <c>Prefer: wait=n</c> (RFC 7240): the answer comes when the job is over, or as it is after n seconds or when this process
/// stops.
/// </summary>
public sealed class JobWaiting(JobLedger ledger, LedgerSignals signals, IHostApplicationLifetime process, TimeProvider time)
{
    public const string Applied = "Preference-Applied";

    const int MostSeconds = 60;
    static readonly TimeSpan poll = TimeSpan.FromSeconds(1);

    public async Task<Job> WaitAsync(Job job, HttpContext http, CancellationToken cancellationToken)
    {
        if (SecondsOf(http.Request.Headers["Prefer"]) is not { } seconds)
            return job;
        http.Response.Headers[Applied] = $"wait={seconds}";
        var end = time.GetUtcNow().AddSeconds(seconds);
        using var watch = signals.Watch(job.Id);
        while (await ledger.FindAsync(job.Tenant, job.Id, cancellationToken) is { } now)
        {
            job = now;
            var left = end - time.GetUtcNow();
            if (job.IsOver || left <= TimeSpan.Zero || process.ApplicationStopping.IsCancellationRequested)
                break;
            await watch.Changed.WaitAsync(left < poll ? left : poll, time, cancellationToken);
        }
        return job;
    }

    static int? SecondsOf(IEnumerable<string?> preferences)
    {
        foreach (var preference in preferences.SelectMany(line => (line ?? "").Split(',', ';', StringSplitOptions.TrimEntries)))
            if (preference.StartsWith("wait", StringComparison.OrdinalIgnoreCase)
                && int.TryParse(
                    preference.AsSpan(4).TrimStart(" =").Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture,
                    out var seconds))
                return Math.Clamp(seconds, 0, MostSeconds);
        return null;
    }
}
