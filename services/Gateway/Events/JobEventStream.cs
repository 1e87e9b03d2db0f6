using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using RdmCloud.Gateway.Ledger;

namespace RdmCloud.Gateway.Events;

/// <summary>A job's events from a number on, to its end, or to this process's: a client comes back to another then.</summary>
public sealed class JobEventStream(
    JobLedger ledger, LedgerSignals signals, EventPresenter presenter, IHostApplicationLifetime process, TimeProvider time)
{
    static readonly TimeSpan poll = TimeSpan.FromSeconds(1);
    static readonly TimeSpan keepAlive = TimeSpan.FromSeconds(15);

    public async IAsyncEnumerable<SseItem<string>> StreamAsync(
        string tenant, string job, int after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var watch = signals.Watch(job);
        var lastSent = time.GetUtcNow();
        while (!process.ApplicationStopping.IsCancellationRequested)
        {
            foreach (var happened in await ledger.EventsAsync(job, after, cancellationToken))
            {
                after = happened.Sequence;
                lastSent = time.GetUtcNow();
                yield return new(await presenter.ShowAsync(tenant, happened, cancellationToken), happened.Type)
                {
                    EventId = happened.Sequence.ToString(CultureInfo.InvariantCulture),
                };
                if (JobEventTypes.IsFinal(happened.Type))
                    yield break;
            }
            if (time.GetUtcNow() - lastSent >= keepAlive)
            {
                lastSent = time.GetUtcNow();
                yield return new("{}", "ping");
            }
            await watch.Changed.WaitAsync(poll, time, cancellationToken);
        }
    }
}
