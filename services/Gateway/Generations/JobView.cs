using RdmCloud.Contracts.Generations;
using RdmCloud.Contracts.Stages;
using RdmCloud.Gateway.Ledger;

namespace RdmCloud.Gateway.Generations;

/// <summary>A job as its client sees it.</summary>
/// <param name="Stage">Where it is while it is processed; where it was when it ended.</param>
/// <param name="Output">The pictures, with links that are fresh at each read; empty once they are deleted.</param>
/// <param name="Neighbors">The images that shaped the pictures, nearest first.</param>
/// <param name="Error">Why it failed.</param>
public sealed record JobView(
    string Id,
    JobStatus Status,
    Stage? Stage,
    DateTimeOffset CreatedAt,
    DateTimeOffset? StartedAt,
    DateTimeOffset? CompletedAt,
    DateTimeOffset? Deadline,
    DateTimeOffset ExpiresAt,
    GenerationView Input,
    IReadOnlyDictionary<string, string> Metadata,
    IReadOnlyList<OutputView> Output,
    Uri? ManifestUrl,
    IReadOnlyList<NeighborView> Neighbors,
    string? ModelHash,
    ChainTimings? Timings,
    double DeviceSeconds,
    int Attempt,
    string? ReplayOf,
    string? Error,
    JobUrls Urls);
