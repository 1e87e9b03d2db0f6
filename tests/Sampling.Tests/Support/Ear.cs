using MassTransit;
using RdmCloud.Contracts.Models;
using RdmCloud.Contracts.Stages;
using RdmCloud.ServiceDefaults.Bus;

namespace RdmCloud.Sampling.Support;

/// <summary>Hears what a worker says: as the gateway does, and as storage does.</summary>
sealed class Ear(Messages messages)
    : IConsumer<SamplingProgressed>, IConsumer<PreviewDrawn>, IConsumer<ImagesSampled>, IConsumer<StageFailed>,
      IConsumer<WorkerAlive>, IConsumer<StoreImages>
{
    public static void AddTo(IBusRegistrationConfigurator bus) => bus.AddConsumer<Ear>().Endpoint(endpoint =>
    {
        endpoint.Name = StageQueues.StoreImages;
        endpoint.ConcurrentMessageLimit = 1;
    });

    public Task Consume(ConsumeContext<SamplingProgressed> context) => HearAsync(context);

    public Task Consume(ConsumeContext<PreviewDrawn> context) => HearAsync(context);

    public Task Consume(ConsumeContext<ImagesSampled> context) => HearAsync(context);

    public Task Consume(ConsumeContext<StageFailed> context) => HearAsync(context);

    public Task Consume(ConsumeContext<WorkerAlive> context) => HearAsync(context);

    public Task Consume(ConsumeContext<StoreImages> context) => HearAsync(context);

    Task HearAsync<T>(ConsumeContext<T> context) where T : class
    {
        messages.Add(context.Message);
        return Task.CompletedTask;
    }
}
