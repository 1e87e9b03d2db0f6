using System.Threading.Channels;
using MassTransit;
using RdmCloud.Contracts.Stages;

namespace RdmCloud.ServiceDefaults.Stages;

/// <summary>What the ledger would hear, in the order it would.</summary>
sealed class Outcomes
{
    static readonly TimeSpan patience = TimeSpan.FromSeconds(60);

    readonly Channel<object> heard = Channel.CreateUnbounded<object>();

    /// <summary>The next event.</summary>
    public Task<object> NextAsync() => heard.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(patience);

    public static void Add(IBusRegistrationConfigurator bus) =>
        bus.AddConsumer<Consumer>().Endpoint(endpoint => endpoint.Name = "outcomes");

    sealed class Consumer(Outcomes outcomes) : IConsumer<StageFailed>, IConsumer<PromptEmbedded>
    {
        public Task Consume(ConsumeContext<StageFailed> context) => outcomes.heard.Writer.WriteAsync(context.Message).AsTask();

        public Task Consume(ConsumeContext<PromptEmbedded> context) => outcomes.heard.Writer.WriteAsync(context.Message).AsTask();
    }
}
