using Microsoft.Extensions.Options;
using RdmCloud.Contracts.Stages;
using RdmCloud.ServiceDefaults.Stages;

namespace RdmCloud.Sampling.Lanes;

/// <summary>Bulk jobs fill a part of the slots, so that an interactive one soon finds a free one.</summary>
sealed class BulkLaneDefinition(IOptions<SamplingOptions> options)
    : StageDefinition<BulkLaneConsumer, SampleImages>(StageQueues.SampleBulk, options.Value.BulkJobs);
