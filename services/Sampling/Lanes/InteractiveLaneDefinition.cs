using Microsoft.Extensions.Options;
using RdmCloud.Contracts.Stages;
using RdmCloud.ServiceDefaults.Stages;

namespace RdmCloud.Sampling.Lanes;

/// <summary>A worker takes no more jobs than it has slots for: the rest is left to other workers.</summary>
sealed class InteractiveLaneDefinition(IOptions<SamplingOptions> options)
    : StageDefinition<InteractiveLaneConsumer, SampleImages>(StageQueues.SampleInteractive, options.Value.Slots);
