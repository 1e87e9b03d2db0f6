using MassTransit;
using RdmCloud.Contracts.Stages;

namespace RdmCloud.ServiceDefaults.Stages;

sealed class GenerationCancelledConsumer(JobCancellations jobs) : IConsumer<GenerationCancelled>
{
    public Task Consume(ConsumeContext<GenerationCancelled> context)
    {
        jobs.Cancel(context.Message.Job.Job);
        return Task.CompletedTask;
    }
}
