using MassTransit;
using RdmCloud.Contracts.Stages;

namespace RdmCloud.Sampling.Lanes;

/// <summary>Someone is waiting.</summary>
sealed class InteractiveLaneConsumer(ImageSampler sampler) : IConsumer<SampleImages>
{
    public Task Consume(ConsumeContext<SampleImages> context) => sampler.SampleAsync(context);
}
