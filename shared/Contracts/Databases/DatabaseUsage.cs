namespace RdmCloud.Contracts.Databases;

public sealed record DatabaseUsage(int Databases, long Rows);
