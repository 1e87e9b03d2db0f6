using MassTransit;
using RdmCloud.Contracts.Stages;

namespace RdmCloud.Sampling.Lanes;

/// <summary>Nobody is waiting.</summary>
sealed class BulkLaneConsumer(ImageSampler sampler) : IConsumer<SampleImages>
{
    public Task Consume(ConsumeContext<SampleImages> context) => sampler.SampleAsync(context);
}
