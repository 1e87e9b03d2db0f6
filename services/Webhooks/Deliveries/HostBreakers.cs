using Microsoft.Extensions.Caching.Memory;
using Polly;
using Polly.CircuitBreaker;

namespace RdmCloud.Webhooks.Deliveries;

/// <summary>Leaves hosts alone for a while that keep failing, so that they do not hold up the others.</summary>
sealed class HostBreakers(TimeProvider time) : IDisposable
{
    static readonly TimeSpan remembered = TimeSpan.FromHours(1);

    readonly MemoryCache breakers = new(new MemoryCacheOptions { SizeLimit = 10_000 });

    public ResiliencePipeline<Attempt> For(string host) => breakers.GetOrCreate(host, entry =>
    {
        entry.SetSize(1).SetSlidingExpiration(remembered);
        return new ResiliencePipelineBuilder<Attempt> { TimeProvider = time }.AddCircuitBreaker(new CircuitBreakerStrategyOptions<Attempt>
        {
            ShouldHandle = arguments => ValueTask.FromResult(arguments.Outcome.Result is null or { Arrived: false }),
            FailureRatio = 0.9,
            MinimumThroughput = 8,
            SamplingDuration = TimeSpan.FromMinutes(1),
            BreakDuration = TimeSpan.FromSeconds(30),
        }).Build();
    })!;

    public void Dispose() => breakers.Dispose();
}
