using System.Collections.Concurrent;
using MassTransit;
using RdmCloud.Contracts.Stages;
using RdmCloud.Contracts.Webhooks;

namespace RdmCloud.Gateway.Support;

/// <summary>What the gateway has put on the bus for others.</summary>
public sealed class ToldEvents : IConsumer<TenantEvent>, IConsumer<GenerationCancelled>
{
    public static readonly ConcurrentDictionary<string, TenantEvent> ById = [];
    public static readonly ConcurrentQueue<string> Heard = [];
    public static readonly ConcurrentDictionary<string, GenerationCancelled> Cancelled = [];

    public Task Consume(ConsumeContext<TenantEvent> context)
    {
        ById[context.Message.Id] = context.Message;
        Heard.Enqueue(context.Message.Id);
        return Task.CompletedTask;
    }

    public Task Consume(ConsumeContext<GenerationCancelled> context)
    {
        Cancelled[context.Message.Job.Job] = context.Message;
        return Task.CompletedTask;
    }
}
