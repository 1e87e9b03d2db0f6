using RdmCloud.Contracts;
using RdmCloud.Contracts.Generations;

namespace RdmCloud.Storage.Results;

/// <summary>
/// The receipt of a job: all that made its pictures what they are. The neighbors are what the network looked at while it drew;
/// they are not the images that its weights were trained on.
/// </summary>
public sealed record Manifest(
    int Format,
    string Job,
    string Tenant,
    string Model,
    string ModelHash,
    ManifestParameters Parameters,
    IReadOnlyList<DatabaseChoice> Databases,
    IReadOnlyList<ManifestNeighbor> Neighbors,
    IReadOnlyList<StoredPicture> Pictures,
    string Worker,
    ChainTimings Timings,
    DateTimeOffset CreatedAt,
    DateTimeOffset ExpiresAt)
{
    public const int CurrentFormat = 1;
}
