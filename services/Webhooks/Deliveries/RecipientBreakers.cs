using Microsoft.Extensions.Caching.Memory;
using Polly;
using Polly.CircuitBreaker;

namespace RdmCloud.Webhooks.Deliveries;

/// <summary>Leaves recipients alone for a while that keep failing, so that they do not hold up the others.</summary>
sealed class RecipientBreakers(TimeProvider time) : IDisposable
{
    static readonly TimeSpan remembered = TimeSpan.FromHours(1);

    readonly MemoryCache breakers = new(new MemoryCacheOptions { SizeLimit = 10_000 });
    readonly Lock creating = new();

    public ResiliencePipeline<Attempt> For(string recipient)
    {
        lock (creating) // the cache would let several be made at once, each of which counts only some of the failures
            return breakers.GetOrCreate(recipient, Create)!;
    }

    public void Dispose() => breakers.Dispose();

    ResiliencePipeline<Attempt> Create(ICacheEntry entry)
    {
        entry.SetSize(1).SetSlidingExpiration(remembered);
        var strategy = new CircuitBreakerStrategyOptions<Attempt>
        {
            ShouldHandle = arguments => ValueTask.FromResult(arguments.Outcome.Result is null or { Arrived: false }),
            FailureRatio = 0.9,
            MinimumThroughput = 8,
            SamplingDuration = TimeSpan.FromMinutes(1),
            BreakDuration = TimeSpan.FromSeconds(30),
        };
        return new ResiliencePipelineBuilder<Attempt> { TimeProvider = time }.AddCircuitBreaker(strategy).Build();
    }
}
