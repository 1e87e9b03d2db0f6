using RdmCloud.Contracts.Databases;

namespace RdmCloud.Gateway.Databases;

public sealed record VersionsView(IReadOnlyList<DatabaseVersion> Items);
