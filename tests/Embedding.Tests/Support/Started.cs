using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using RdmCloud.Embedding.Clips;
using RdmCloud.Metrics;

namespace RdmCloud.Embedding.Support;

/// <summary>An embedding thread, for as long as it is needed.</summary>
sealed class Started : IAsyncDisposable
{
    Started(ClipThread thread) => Thread = thread;

    public ClipThread Thread { get; }

    public static async Task<Started> WithAsync(IClip clip, EmbeddingOptions? options = null, TimeProvider? time = null)
    {
        var thread = new ClipThread(new([clip]), Meter(), Options.Create(options ?? new() { BatchWindow = TimeSpan.Zero }),
            time ?? TimeProvider.System, NullLogger<ClipThread>.Instance);
        await thread.StartAsync(TestContext.Current.CancellationToken);
        await thread.Ready;
        return new(thread);
    }

    public static ClipMeter Meter() => new(TestMeters.Factory(), TimeProvider.System);

    public async ValueTask DisposeAsync() => await Thread.StopAsync(CancellationToken.None);
}
