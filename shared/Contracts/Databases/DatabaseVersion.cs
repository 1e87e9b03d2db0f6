namespace RdmCloud.Contracts.Databases;

public sealed record DatabaseVersion(long Version, DateTimeOffset CreatedAt, long Added, long Removed);
