using MassTransit;
using RdmCloud.Contracts.Stages;

namespace RdmCloud.ServiceDefaults.Stages;

sealed class EmbedConsumer(EmbedWork work) : IConsumer<EmbedPrompt>
{
    public Task Consume(ConsumeContext<EmbedPrompt> context) => work.DoAsync(context);

    public static void Add(IBusRegistrationConfigurator bus)
    {
        bus.AddConsumer<EmbedConsumer, Definition>();
        bus.AddCancellations();
    }

    sealed class Definition() : StageDefinition<EmbedConsumer, EmbedPrompt>(StageQueues.EmbedPrompt, concurrency: 1);
}
