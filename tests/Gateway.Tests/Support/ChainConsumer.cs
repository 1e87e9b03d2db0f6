using MassTransit;
using RdmCloud.Contracts.Stages;

namespace RdmCloud.Gateway.Support;

sealed class ChainConsumer(ChainScript script) : IConsumer<EmbedPrompt>
{
    public Task Consume(ConsumeContext<EmbedPrompt> context) => script.Act(context);
}
