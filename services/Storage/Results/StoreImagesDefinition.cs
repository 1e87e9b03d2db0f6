using Microsoft.Extensions.Options;
using RdmCloud.Contracts.Stages;
using RdmCloud.ServiceDefaults.Stages;

namespace RdmCloud.Storage.Results;

sealed class StoreImagesDefinition(IOptions<StorageOptions> options)
    : StageDefinition<StoreImagesConsumer, StoreImages>(StageQueues.StoreImages, options.Value.Concurrency);
