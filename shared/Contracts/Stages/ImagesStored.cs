using RdmCloud.Contracts.Generations;

namespace RdmCloud.Contracts.Stages;

/// <param name="ManifestKey">Of the receipt: all parameters, neighbors, hashes and timings as JSON.</param>
public sealed record ImagesStored(
    JobReference Job, IReadOnlyList<StoredPicture> Pictures, string ManifestKey, string ModelHash, ChainTimings Timings);
