using System.Threading.Channels;
using MassTransit;

namespace RdmCloud.Bus;

/// <summary>What a service said on the bus, each kind of message in its order.</summary>
sealed class Heard
{
    static readonly TimeSpan patience = TimeSpan.FromSeconds(60);

    readonly Dictionary<Type, Channel<object>> messages = [];

    /// <summary>The next message of a kind.</summary>
    public async Task<T> NextAsync<T>()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(patience);
        return (T)await Of(typeof(T)).Reader.ReadAsync(limit.Token);
    }

    Channel<object> Of(Type kind)
    {
        lock (messages)
            return messages.TryGetValue(kind, out var known) ? known : messages[kind] = Channel.CreateUnbounded<object>();
    }

    public sealed class Listener<T>(Heard heard) : IConsumer<T> where T : class
    {
        public async Task Consume(ConsumeContext<T> context) =>
            await heard.Of(typeof(T)).Writer.WriteAsync(context.Message, context.CancellationToken);
    }
}
